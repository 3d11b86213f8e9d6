package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.aevo.config.InputException;
import org.aevo.record.ModelReader;
import org.aevo.record.RecordException;
import org.aevo.record.RunData;
import org.aevo.record.RunPaths;
import org.aevo.report.ChartStyle;
import org.aevo.report.Numbers;
import org.aevo.report.Report;
import org.aevo.report.ReportFiles;
import org.aevo.report.Section;
import org.aevo.report.run.RunSections;
import org.aevo.report.scaling.IncomparableRunsException;
import org.aevo.report.scaling.ScalingSections;
import org.aevo.report.scaling.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Figures, tables and a page about runs. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Writes CSV tables, PNG and SVG figures and one self-contained page (report.html) about one run or many.",
            "Of one run all is told; of several how they compare, and of each a little."
        })
final class ReportCommand implements Callable<Integer> {
    /** Of more runs than this only the first repeat of each kind has a section of its own. */
    private static final int ALL = 6;

    private static final int AT_MOST = 12;

    private static final RunSections.Extras NO_EXTRAS = new RunSections.Extras(Optional.empty(), Optional.empty(), "");

    @Parameters(
            arity = "1..*",
            paramLabel = "DIR",
            description = "A run directory, a run.h5, or a directory that holds run directories.")
    private List<Path> places;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "OUT",
            description = "Directory to write: a new one, an empty one, or that of a former report.")
    private Path output;

    @Option(
            names = "--target",
            paramLabel = "FITNESS",
            description =
                    "Of several runs: a fitness whose time is compared. Repeatable. Default: some of those that the"
                            + " runs ended with.")
    private List<Double> targets = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        if (output.toString().isBlank()) {
            throw new InputException("-o: is empty, expected a directory");
        }
        checkFonts();
        try {
            // before the work, not after it
            ReportFiles files = ReportFiles.into(output);
            List<RunData> runs = RunPlaces.read(places, ReportCommand::say);
            Report report = runs.size() == 1 ? one(runs.get(0)) : many(runs);
            FileCounter counter = new FileCounter(report);
            write(files, report, counter);
            System.out.println(output.resolve(ReportFiles.PAGE));
            return ExitCode.DONE;
        } catch (ReportFiles.OccupiedException e) {
            throw new InputException("-o " + e.getMessage(), e);
        }
    }

    private static void write(ReportFiles files, Report report, FileCounter counter) throws IOException {
        try {
            files.write(report, counter::next);
        } catch (ReportFiles.OccupiedException e) {
            throw e;
        } catch (IOException e) {
            throw RecordException.of(e, "report again");
        }
    }

    /** On machines without a screen the fonts may be missing too: better known before the work than after it. */
    private static void checkFonts() {
        try {
            ChartStyle.measure("0");
        } catch (Error | RuntimeException e) {
            throw new CommandException(cannotDraw(e), e);
        }
    }

    /** What to say where fonts, or what draws them, are missing. */
    static String cannotDraw(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "Java cannot draw text on this machine (" + root
                + "): install fontconfig and a font (Debian: fontconfig, fonts-dejavu-core)";
    }

    private static Report one(RunData run) {
        boolean ensemble = run.ensemble().isPresent();
        if (!ensemble && !run.about().simulated() && !run.about().classifies() && run.bestRow() >= 0) {
            say("loading the data, for reconstructions of the best network");
        }
        List<Section> sections = ensemble
                ? RunSections.of(run, NO_EXTRAS, RunSections.Model.NONE)
                : RunSections.of(run, BestNetwork.of(run), model(run), ChoiceImportance.of(run));
        RunData.About about = run.about();
        String lead = about.mode() + " " + about.strategy() + (ensemble ? " run on " : " search on ")
                + Numbers.count(about.places(), "worker")
                + ", seed "
                + about.seed() + ", " + (about.complete() ? "complete" : "not complete") + ": "
                + Numbers.count(run.evaluations().rows(), "evaluation") + " in " + Numbers.duration(about.wallSeconds())
                + run.accounting()
                        .map(a -> ", utilisation " + Numbers.percent(a.utilisation()))
                        .orElse("")
                + (run.bestRow() >= 0 && !ensemble
                        ? ", best fitness " + Numbers.text(run.evaluations().doubles("fitness")[run.bestRow()])
                        : "")
                + ".";
        return new Report(marked(about.simulated(), about.name()), lead, program(), sections);
    }

    private static RunSections.Model model(RunData run) {
        RunPaths paths = new RunPaths(run.source());
        TrainedModel model = TrainedModel.of(paths);
        model.problem().ifPresent(ReportCommand::say);
        if (model.metrics().isEmpty() || !run.about().classifies()) {
            return new RunSections.Model(model.metrics(), model.problem().orElse(""));
        }
        try {
            return new RunSections.Model(model.metrics(), "", ModelReader.examples(paths.bestModel()));
        } catch (RecordException e) {
            say(e.getMessage());
            return new RunSections.Model(model.metrics(), "");
        }
    }

    private Report many(List<RunData> runs) {
        List<Labelled> labelled = labelled(runs);
        List<Section> sections = new ArrayList<>();
        if (areEnsembles(runs)) {
            sections.addAll(RunSections.ensembles(
                    runs, labelled.stream().map(Labelled::label).toList()));
        } else {
            try {
                sections.addAll(ScalingSections.of(runs, targets()));
            } catch (IncomparableRunsException e) {
                throw new InputException(e.getMessage(), e);
            }
        }
        List<Labelled> shown = shown(labelled);
        for (int i = 0; i < shown.size(); i++) {
            sections.add(RunSections.brief(shown.get(i).run(), shown.get(i).label(), "r" + (i + 1) + "-"));
        }
        if (shown.size() < labelled.size()) {
            sections.add(new Section(
                    "others",
                    "The other runs",
                    List.of(new Section.Text(Numbers.count(labelled.size() - shown.size(), "run")
                            + " without a section of their own: of each mode and number of workers the first is shown, "
                            + AT_MOST + " at most. 'aevo report DIR -o OUT' of a single run tells all about it."))));
        }
        boolean simulated = runs.stream().anyMatch(run -> run.about().simulated());
        return new Report(
                marked(simulated, runs.size() + " runs of " + names(runs)),
                "From " + String.join(", ", places.stream().map(Path::toString).toList()) + ".",
                program(),
                sections);
    }

    /** @throws InputException if some are and others are not */
    private static boolean areEnsembles(List<RunData> runs) {
        List<RunData> ensembles =
                runs.stream().filter(run -> run.ensemble().isPresent()).toList();
        if (!ensembles.isEmpty() && ensembles.size() < runs.size()) {
            RunData search = runs.stream()
                    .filter(run -> run.ensemble().isEmpty())
                    .findFirst()
                    .orElseThrow();
            throw new InputException(ensembles.get(0).source() + " is a run of an ensemble and " + search.source()
                    + " a search: they do not compare; make a report of each kind");
        }
        return !ensembles.isEmpty();
    }

    private List<Target> targets() {
        List<Target> named = new ArrayList<>();
        for (double fitness : targets) {
            if (!Double.isFinite(fitness)) {
                throw new InputException("--target must be a finite fitness, was " + fitness);
            }
            named.add(new Target(Numbers.text(fitness), fitness));
        }
        return named;
    }

    /** A run and what to call it. */
    private record Labelled(String label, RunData run) {}

    private static List<Labelled> shown(List<Labelled> runs) {
        if (runs.size() <= ALL) {
            return runs;
        }
        Set<String> kinds = new HashSet<>();
        return runs.stream()
                .filter(each -> kinds.add(each.run().about().mode() + " "
                        + each.run().about().strategy() + " "
                        + each.run().about().places()))
                .limit(AT_MOST)
                .toList();
    }

    /** Runs by the name of their directory, and of more above it where that is the same. */
    private static List<Labelled> labelled(List<RunData> runs) {
        for (int depth = 1; ; depth++) {
            List<Labelled> labelled = new ArrayList<>();
            Set<String> labels = new HashSet<>();
            boolean deepest = true;
            for (RunData run : runs) {
                Path path = run.source().toAbsolutePath().normalize();
                int from = Math.max(0, path.getNameCount() - depth);
                deepest &= from == 0;
                String label = path.getNameCount() == 0
                        ? "/"
                        : path.subpath(from, path.getNameCount()).toString();
                labels.add(label);
                labelled.add(new Labelled(label, run));
            }
            if (labels.size() == runs.size() || deepest) {
                return labelled;
            }
        }
    }

    private static String names(List<RunData> runs) {
        List<String> names =
                runs.stream().map(run -> run.about().name()).distinct().sorted().toList();
        return names.size() <= 3 ? String.join(", ", names) : names.size() + " kinds";
    }

    private static String marked(boolean simulated, String title) {
        return simulated ? "SIMULATED – " + title : title;
    }

    private static String program() {
        return "aevo " + Build.version();
    }

    private static void say(String what) {
        System.err.println("aevo: " + what);
    }

    /** Tells now and then how many of the files are made. */
    private static final class FileCounter {
        private static final long EVERY = 2_000_000_000L;
        private final int all;
        private int made;
        private long told = System.nanoTime();

        FileCounter(Report report) {
            all = report.tables().size() + 2 * report.figures().size() + 1;
        }

        void next(String file) {
            made++;
            if (System.nanoTime() - told > EVERY) {
                told = System.nanoTime();
                say("making " + file + ", " + made + " of " + all);
            }
        }
    }
}
