package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.aevo.codec.MalformedDataException;
import org.aevo.config.InputException;
import org.aevo.record.RunHistory;
import org.aevo.record.RunPaths;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a run found and how it went. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Shows what a run found and how it went; also of a run in progress, from another process or host. It reads"
                    + " the journal, and leaves the run alone."
        })
final class ShowCommand implements Callable<Integer> {
    @Mixin
    private RunArgument run;

    @Option(names = "--top", defaultValue = "10", paramLabel = "N", description = "Candidates to list.")
    private int top;

    @Option(
            names = "--follow",
            description = {
                "Watch the run until it ends: on a terminal a live view, elsewhere a line every ten seconds. Where there"
                        + " is no run yet, it waits for one. Ctrl-C ends the watching, not the run. Exit code 0 if the"
                        + " run is complete in the end, 3 if it was stopped or its master died."
            })
    private boolean follow;

    @Option(
            names = "--csv",
            description = "All evaluations as a table for programs: the columns of /evaluations in run.h5, genome,"
                    + " message, and 1 if the run is simulated; missing numbers are empty.")
    private boolean csv;

    @Option(
            names = "--front",
            description =
                    "Of a run with task.objectives: the evaluations that no other is better than in one objective and"
                            + " as good in all.")
    private boolean front;

    @Option(
            names = "--json",
            description = "Summary, accounting, sessions, workers and the --top candidates for programs; missing"
                    + " numbers are null.")
    private boolean json;

    @Option(
            names = "--as",
            paramLabel = "genome|network|dot",
            description = {
                "One candidate alone: its text of one line; a network file, which 'aevo evaluate' takes; or a picture for"
                        + " Graphviz ('aevo show DIR --as dot | dot -Tsvg')."
            })
    private Optional<ShownCandidate.Form> form;

    @Option(
            names = "--id",
            paramLabel = "N",
            description = {
                "This candidate: how it was made and evaluated, its parents and children, and whether it is a member of the"
                        + " population or when it left. With --as: as that. Default there: the best."
            })
    private Optional<Long> id;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (top < 1) {
            throw new InputException("--top must be at least 1, was " + top);
        }
        if (Stream.of(follow, csv, json, front).filter(on -> on).count() > 1) {
            throw new InputException("of --follow, --csv, --json and --front only one can be done");
        }
        if (id.isPresent() && form.isEmpty() && (follow || csv || json)) {
            throw new InputException("--id shows one candidate, without --follow, --csv and --json");
        }
        if (form.isPresent() && (follow || csv || json || front)) {
            throw new InputException("--as shows one candidate, without --follow, --csv, --json and --front");
        }
        if (follow) {
            return watch();
        }
        RunHistory history = run.history();
        UnfinishedRecord.note(run.paths(), history.tornBytes()).ifPresent(note -> System.err.println("aevo: " + note));
        if (form.isPresent()) {
            OptionalLong wanted = id.map(OptionalLong::of).orElse(OptionalLong.empty());
            System.out.print(new ShownCandidate(history, wanted).text(form.get()));
        } else if (id.isPresent()) {
            new CandidateSummary(history, id.get()).print(System.out);
        } else if (csv) {
            EvaluationsCsv.print(history, System.out);
        } else if (json) {
            System.out.println(new RunJson(history, run.directory(), top, model().metrics()).text());
        } else if (front) {
            new FrontTable(history).print(System.out);
        } else {
            new RunSummary(history, run.directory()).print(System.out, top);
            printModel(history);
        }
        return ExitCode.DONE;
    }

    private TrainedModel model() {
        TrainedModel model = TrainedModel.of(new RunPaths(run.directory()));
        model.problem().ifPresent(problem -> System.err.println("aevo: " + problem));
        return model;
    }

    private void printModel(RunHistory history) {
        model().metrics().ifPresent(metrics -> {
            System.out.println();
            new ModelTable(metrics).print(System.out);
            if (history.best().isPresent()
                    && history.best().getAsLong() != metrics.candidate().id()) {
                System.out.println("The best is candidate " + history.best().getAsLong()
                        + " now: 'aevo train' makes a model of it.");
            }
        });
    }

    private int watch() throws IOException, InterruptedException {
        if (Files.exists(run.directory()) && !Files.isDirectory(run.directory())) {
            throw new InputException(run.directory() + ": is a file, expected the directory of a run");
        }
        Optional<Screen> screen = Terminal.isOutputLive() ? Optional.of(new Screen(System.out)) : Optional.empty();
        try (FollowedRun followed = new FollowedRun(new RunPaths(run.directory()), System.out, screen)) {
            Optional<String> end = followed.follow();
            if (end.isEmpty()) {
                return ExitCode.DONE;
            }
            System.out.println();
            new RunSummary(followed.history(), run.directory()).print(System.out, top);
            printModel(followed.history());
            System.out.flush();
            System.err.println("aevo: " + end.get());
            return followed.history().complete() ? ExitCode.DONE : ExitCode.RESUMABLE;
        } catch (MalformedDataException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }
}
