package org.aevo.report.run;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aevo.record.RunData;
import org.aevo.record.RunTable;
import org.aevo.report.DataTable;
import org.aevo.report.Numbers;
import org.aevo.report.Section;
import org.aevo.search.Figure;

/** What run it is and what came of it, in numbers. */
final class SummarySection {
    static final String NOT_COMPLETE =
            "NOT COMPLETE: the run is going on, was stopped or was killed. What follows is of the"
                    + " evaluations that there are.";

    private static final double GIB = 1L << 30;

    private final RunData run;
    private final Evaluated evaluated;
    private final Names names;

    SummarySection(RunData run, Evaluated evaluated, Names names) {
        this.run = run;
        this.evaluated = evaluated;
        this.names = names;
    }

    Section section() {
        List<Section.Block> blocks = new ArrayList<>(warnings(run));
        blocks.add(facts());
        return new Section(names.of("summary"), "In short", blocks);
    }

    /** What nobody may overlook about a run. */
    static List<Section.Block> warnings(RunData run) {
        List<Section.Block> warnings = new ArrayList<>();
        if (run.about().simulated()) {
            warnings.add(
                    new Section.Warning("SIMULATED: the workers slept instead of training. Times of evaluations and"
                            + " all fitness are invented; only the scheduling is real."));
        }
        if (!run.about().complete()) {
            warnings.add(new Section.Warning(NOT_COMPLETE));
        }
        if (run.about().leftOut() > 0) {
            warnings.add(
                    new Section.Warning("A PART IS MISSING: the file was recovered from a damaged journal, of which "
                            + run.about().leftOut() + " bytes are left out."));
        }
        if (!run.about().simulated()) {
            ProcessorWarnings.of(run)
                    .forEach(text -> warnings.add(new Section.Warning("PROCESSORS: " + Fit.text(text, 600) + ".")));
        }
        return warnings;
    }

    private DataTable facts() {
        RunData.About about = run.about();
        List<List<Object>> rows = new ArrayList<>();
        rows.add(List.of("run", about.name()));
        rows.add(List.of(
                run.ensemble().isPresent() ? "kind of run" : "search",
                about.mode() + ", " + about.strategy() + ", seed " + about.seed()));
        if (!about.task().isEmpty()) {
            rows.add(List.of("task", about.task()));
        }
        if (!about.fitness().isEmpty()) {
            rows.add(List.of("fitness", about.fitness()));
        }
        rows.add(List.of("evaluations", evaluator(about) + (about.complete() ? "" : ", not complete")));
        rows.add(List.of("places for workers", about.places()));
        rows.add(List.of("hosts", hosts()));
        String machines = machines();
        if (!machines.isEmpty()) {
            rows.add(List.of("their processors and memory", machines));
        }
        rows.add(
                List.of("started", about.start().truncatedTo(ChronoUnit.SECONDS).toString()));
        rows.add(List.of("wall time of the run", Numbers.duration(about.wallSeconds())));
        run.accounting().ifPresent(accounting -> {
            rows.add(List.of("first dispatch to last arrival", Numbers.duration(accounting.wallSeconds())));
            rows.add(List.of("evaluations per hour", accounting.evaluationsPerHour()));
            rows.add(List.of("utilisation", accounting.utilisation()));
        });
        int best = run.bestRow();
        // tasks of an ensemble are of many kinds: the lowest number among them is nothing
        if (best >= 0 && run.ensemble().isEmpty()) {
            rows.add(List.of("best fitness", evaluated.fitness[best]));
            for (Figure figure : List.of(Figure.ACCURACY, Figure.CROSS_ENTROPY)) {
                if (evaluated.table.has(figure.column())
                        && Double.isFinite(evaluated.table.doubles(figure.column())[best])) {
                    rows.add(List.of(
                            figure.title() + " of the best, on validation samples",
                            evaluated.table.doubles(figure.column())[best]));
                }
            }
            rows.add(List.of("parameters of the best", evaluated.table.longs("parameters")[best]));
            rows.add(List.of("best network", Fit.text(run.genomes().get(best), 300)));
        }
        rows.add(List.of("master's own work", Numbers.text(masterBusy()) + " s"));
        rows.add(List.of(
                "made by",
                about.createdBy()
                        + (about.gitCommit().isEmpty() ? "" : ", commit " + Fit.text(about.gitCommit(), 12))
                        + (about.javaVersion().isEmpty() ? "" : ", Java " + about.javaVersion())));
        if (!about.slurm().isEmpty()) {
            rows.add(List.of("SLURM", slurm(about.slurm())));
        }
        rows.add(List.of("command", Fit.text(about.commandLine(), 300)));
        return new DataTable(names.of("summary"), "The run.", List.of("what", "value"), rows);
    }

    private String evaluator(RunData.About about) {
        return evaluated.rows + (about.simulated() ? ", SIMULATED" : ", trained");
    }

    private double masterBusy() {
        double[] busy = run.master().doubles("busy_s");
        return busy.length == 0 ? 0 : busy[0];
    }

    private String hosts() {
        String[] hosts = run.workers().texts("host");
        Map<String, Long> processes = Arrays.stream(hosts)
                .collect(Collectors.groupingBy(h -> h, java.util.TreeMap::new, Collectors.counting()));
        String text = processes.entrySet().stream()
                .limit(8)
                .map(e -> e.getKey() + " (" + e.getValue() + (e.getValue() == 1 ? " worker)" : " workers)"))
                .collect(Collectors.joining(", "));
        return processes.isEmpty()
                ? "none yet"
                : text + (processes.size() > 8 ? " and " + (processes.size() - 8) + " more" : "");
    }

    /** Each kind of host once; empty for a file of an earlier program. */
    private String machines() {
        RunTable workers = run.workers();
        if (!workers.has("cpu_model") || !workers.has("allowed_cores") || !workers.has("allowed_memory_bytes")) {
            return "";
        }
        return IntStream.range(0, workers.rows())
                .filter(i -> workers.longs("cores")[i] > 0)
                .mapToObj(i -> "%s, %s of %s for its workers, %s GiB, %s"
                        .formatted(
                                workers.texts("cpu_model")[i],
                                Numbers.text(workers.doubles("allowed_cores")[i]),
                                Numbers.count(workers.longs("cores")[i], "core"),
                                Numbers.text(Math.rint(workers.longs("allowed_memory_bytes")[i] / GIB * 10) / 10),
                                workers.texts("kernel")[i]))
                .distinct()
                .limit(4)
                .collect(Collectors.joining("; "));
    }

    private static String slurm(Map<String, String> slurm) {
        return slurm.entrySet().stream()
                .filter(e -> List.of("slurm_job_id", "slurm_ntasks", "slurm_nnodes", "slurm_job_partition")
                        .contains(e.getKey()))
                .map(e -> e.getKey().substring("slurm_".length()).replace('_', ' ') + " " + e.getValue())
                .collect(Collectors.joining(", "));
    }
}
