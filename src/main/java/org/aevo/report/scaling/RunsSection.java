package org.aevo.report.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.aevo.report.Section;

/** Which runs there are, and which of them are compared with which. */
final class RunsSection {
    private RunsSection() {}

    static Section of(Experiments experiments, Labels labels) {
        List<Section.Block> blocks = new ArrayList<>();
        int runs = experiments.all().stream().mapToInt(e -> e.runs().size()).sum();
        String found = experiments.all().size() == 1
                ? "one experiment"
                : experiments.all().size() + " experiments";
        blocks.add(new Section.Text("%s, compared in %s: %s."
                .formatted(
                        Words.count(runs, "run"),
                        found,
                        experiments.all().stream().map(RunsSection::sentence).collect(Collectors.joining("; ")))));
        if (runs > 1) {
            blocks.add(new Section.Text(Words.repeats(experiments.all())
                    + " In figures over workers the modes stand a little aside, so that neither covers the other."));
        }
        List<Experiment> invented =
                experiments.all().stream().filter(Experiment::simulated).toList();
        if (!invented.isEmpty()) {
            blocks.add(new Section.Warning("SIMULATED: in "
                    + invented.stream().map(Experiment::id).collect(Collectors.joining(", "))
                    + " workers slept instead of training. Durations and fitness are invented; what the program itself"
                    + " costs is measured."));
        }
        experiments.warnings().forEach(text -> blocks.add(new Section.Warning(text)));
        experiments.notes().forEach(text -> blocks.add(new Section.Text(text)));
        blocks.add(runs(experiments.all(), labels));
        return new Section("compared", "What is compared", blocks);
    }

    private static String sentence(Experiment e) {
        return "%s (%s; %s; %s; %s)"
                .formatted(
                        e.id(),
                        e.title(),
                        String.join(" and ", e.modes()),
                        Words.count(
                                (int) e.runs().stream()
                                        .map(Measured::seed)
                                        .distinct()
                                        .count(),
                                "seed"),
                        "workers "
                                + e.runs().stream()
                                        .map(Measured::workers)
                                        .distinct()
                                        .sorted()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(", ")));
    }

    private static Section.Block runs(List<Experiment> experiments, Labels labels) {
        Rows rows = new Rows(
                "runs",
                "experiment run mode workers seed evaluations wall_s evaluations_per_hour utilisation barrier dispatch starting"
                        + " draining lost work_per_evaluation_s best_fitness best_accuracy mean_lag master_load complete simulated sessions hosts"
                        + " devices");
        for (Experiment experiment : experiments) {
            for (Measured run : experiment.runs()) {
                Share share = Share.of(run);
                rows.add(
                        experiment.id(),
                        labels.of(run),
                        run.mode(),
                        run.workers(),
                        run.seed(),
                        run.outcomes(),
                        run.wallSeconds(),
                        run.rate() * 3600,
                        share.busy(),
                        share.barrier(),
                        share.dispatch(),
                        share.starting(),
                        share.draining(),
                        share.lost(),
                        run.workPerEvaluation(),
                        run.fitness().last(),
                        run.fitness().lastAccuracy(),
                        run.meanLag(),
                        run.masterLoad(),
                        run.complete(),
                        run.simulated(),
                        run.sizes().size(),
                        Words.few(run.machine().hosts(), "hosts"),
                        Words.few(run.machine().devices(), "devices"));
            }
        }
        return rows.table("Every run. wall_s is the time from the first dispatch to the last arrival; the shares, from"
                + " utilisation to lost, are of the workers' time between them and add up to 1; lower fitness is"
                + " better; master_load is the share of wall_s in which the master's loop was at work.");
    }
}
