package org.aevo.report.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.aevo.report.Numbers;
import org.aevo.report.Section;
import org.aevo.stat.Summary;

/** How far runs that differ in nothing but their seed lie apart, and how well their mean is known. */
final class SeedsSection {
    /** What is told of each group of runs. */
    private record Measure(String name, ToDoubleFunction<Measured> value) {}

    private static final List<Measure> MEASURES = List.of(
            new Measure("best_fitness", run -> run.fitness().last()),
            new Measure("best_accuracy", run -> run.fitness().lastAccuracy()),
            new Measure("evaluations_per_hour", run -> run.rate() * 3600),
            new Measure("wall_s", Measured::wallSeconds),
            new Measure("utilisation", Measured::utilisation));

    private SeedsSection() {}

    static Optional<Section> of(List<Experiment> experiments) {
        Rows rows =
                new Rows("seeds", "experiment mode workers measure seeds mean sd ci95_low ci95_high median min max");
        List<Section.Block> blocks = new ArrayList<>();
        for (Experiment experiment : experiments) {
            for (String mode : experiment.modes()) {
                for (int workers : experiment.workerCounts(mode)) {
                    Map<Long, List<Measured>> bySeed = experiment.timed(mode, workers).stream()
                            .collect(Collectors.groupingBy(Measured::seed, TreeMap::new, Collectors.toList()));
                    if (bySeed.size() < 2) {
                        continue;
                    }
                    for (Measure measure : measures(experiment)) {
                        Summary sample = sample(bySeed, measure);
                        rows.add(
                                experiment.id(),
                                mode,
                                workers,
                                measure.name(),
                                sample.n(),
                                sample.mean(),
                                sample.sd(),
                                sample.low(),
                                sample.high(),
                                sample.median(),
                                sample.min(),
                                sample.max());
                    }
                    blocks.add(new Section.Text("%s, %s, %s: %s"
                            .formatted(
                                    Words.capital(experiment.title()),
                                    mode,
                                    Words.count(workers, "worker"),
                                    sentence(sample(bySeed, MEASURES.get(0))))));
                }
            }
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        blocks.add(rows.table("Runs that differ in nothing but their seed. sd is the standard deviation between seeds;"
                + " ci95_low to ci95_high is the 95 % confidence interval of the mean by Student's distribution,"
                + " which takes the seeds for independent and the means for normal: with few seeds it is wide, and"
                + " the range says more. Of several runs with one seed the mean counts as one value."));
        return Optional.of(new Section("seeds", "How much depends on the seed", blocks));
    }

    /** Accuracy where something is classified. */
    private static List<Measure> measures(Experiment experiment) {
        boolean classifies = experiment.runs().stream().anyMatch(Measured::classifies);
        return MEASURES.stream()
                .filter(measure -> classifies || !measure.name().equals("best_accuracy"))
                .toList();
    }

    private static Summary sample(Map<Long, List<Measured>> bySeed, Measure measure) {
        return Summary.of(bySeed.values().stream()
                .mapToDouble(runs ->
                        runs.stream().mapToDouble(measure.value()).average().orElse(Double.NaN))
                .toArray());
    }

    private static String sentence(Summary sample) {
        if (sample.n() < 2) {
            return "less than two seeds have a best fitness.";
        }
        return "best fitness of %d seeds: mean %s, 95 %% confidence interval %s to %s; standard deviation %s, median %s, from %s to %s."
                .formatted(
                        sample.n(),
                        Numbers.text(sample.mean()),
                        Numbers.text(sample.low()),
                        Numbers.text(sample.high()),
                        Numbers.text(sample.sd()),
                        Numbers.text(sample.median()),
                        Numbers.text(sample.min()),
                        Numbers.text(sample.max()));
    }
}
