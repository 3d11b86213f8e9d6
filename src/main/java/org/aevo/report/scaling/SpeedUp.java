package org.aevo.report.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.aevo.stat.Spread;

/**
 * How much faster evaluations come with more workers, relative to the fewest workers of the same mode, B:
 * {@code S(W) = B · r(W) / r(B)} with r evaluations per second from first dispatch to last arrival. For equal evaluations
 * that is B · T(B) / T(W); with B = 1 the speed-up of the textbooks. For equal evaluations per worker the efficiency
 * S(W) / W is T(B) / T(W).
 *
 * <p>Each run is compared with the run of the same seed with B workers (the median of them if there are several); where
 * there is none, with the median of all runs with B workers.
 *
 * <p>The efficiency is the product of two ratios, exactly so for a run that was not resumed: how well workers were used,
 * U(W) / U(B), and how long an evaluation kept a worker busy, w(B) / w(W). The second is the luck of a search that took other
 * ways, and workers that slow each other down.
 *
 * @param base B
 * @param paired how many of the runs had one of their seed to be compared with
 */
record SpeedUp(
        String mode,
        int workers,
        int base,
        int paired,
        Spread wall,
        Spread rate,
        Spread speedUp,
        Spread efficiency,
        Spread utilisationRatio,
        Spread workRatio) {

    /** For each number of workers that a mode has, ascending; runs that cannot be timed are left out. */
    static List<SpeedUp> of(Experiment experiment, String mode) {
        List<Integer> counts = experiment.workerCounts(mode);
        if (counts.isEmpty()) {
            return List.of();
        }
        List<Measured> base = experiment.timed(mode, counts.get(0));
        return counts.stream()
                .map(workers -> of(experiment.timed(mode, workers), base))
                .toList();
    }

    private static SpeedUp of(List<Measured> runs, List<Measured> base) {
        int fewest = base.get(0).workers();
        int workers = runs.get(0).workers();
        int paired = 0;
        List<Double> speedUps = new ArrayList<>();
        List<Double> efficiencies = new ArrayList<>();
        List<Double> used = new ArrayList<>();
        List<Double> work = new ArrayList<>();
        for (Measured run : runs) {
            List<Measured> partners =
                    base.stream().filter(b -> b.seed() == run.seed()).toList();
            paired += partners.isEmpty() ? 0 : 1;
            List<Measured> against = partners.isEmpty() ? base : partners;
            double ratio = run.rate() / median(against, Measured::rate);
            speedUps.add(fewest * ratio);
            efficiencies.add(fewest * ratio / workers);
            used.add(run.utilisation() / median(against, Measured::utilisation));
            work.add(median(against, Measured::workPerEvaluation) / run.workPerEvaluation());
        }
        return new SpeedUp(
                runs.get(0).mode(),
                workers,
                fewest,
                paired,
                Spread.of(runs.stream().map(Measured::wallSeconds).toList()),
                Spread.of(runs.stream().map(Measured::rate).toList()),
                Spread.of(speedUps),
                Spread.of(efficiencies),
                Spread.of(used),
                Spread.of(work));
    }

    private static double median(List<Measured> runs, ToDoubleFunction<Measured> number) {
        return Spread.of(runs.stream().mapToDouble(number).toArray()).median();
    }
}
