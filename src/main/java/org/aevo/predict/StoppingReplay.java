package org.aevo.predict;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.aevo.record.EvaluationRow;
import org.aevo.record.RunHistory;
import org.aevo.search.Control.Verdict;
import org.aevo.search.Evaluation;
import org.aevo.search.Figure;
import org.aevo.search.Ranking;
import org.aevo.stat.RankCorrelation;
import org.aevo.stopping.StoppingRule;
import org.aevo.stopping.StoppingRules;
import org.aevo.stopping.StoppingSettings;

/**
 * A finished run once more, in the order of its time, with a rule that judges its trainings at rungs: what would have been stopped, and saved.
 * The search itself is not replayed: what it would have evaluated in place of what is saved is not known.
 */
public final class StoppingReplay {
    private static final int TEN = 10;

    private final List<Trained> trained = new ArrayList<>();
    private final boolean generations;

    /**
     * An evaluation of the run that has a curve.
     *
     * @param began seconds since the run's start
     */
    private record Trained(long id, int generation, double began, Evaluation evaluation) {}

    /** A training is at a rung. */
    private record AtRung(double time, Trained training, Evaluation.Epoch point) {}

    /**
     * What came of a rule.
     *
     * @param evaluations that were trained
     * @param stopped of these
     * @param epochs of all
     * @param epochsSaved of these
     * @param seconds of workers that all trainings took
     * @param secondsSaved of these
     * @param winner id of the best evaluation; -1 if none has a fitness
     * @param winnerSurvives whether it would not have been stopped
     * @param bestSurvivor fitness of the best that would not; NaN if there is none
     * @param bestTen of the ten best, how many would not
     * @param rungs what was seen at each rung
     */
    public record Outcome(
            StoppingSettings settings,
            int evaluations,
            int stopped,
            long epochs,
            long epochsSaved,
            double seconds,
            double secondsSaved,
            long winner,
            boolean winnerSurvives,
            double bestSurvivor,
            int bestTen,
            List<AtOne> rungs) {}

    /**
     * What was seen at a rung.
     *
     * @param reached trainings that came so far, whatever the rule says
     * @param correlation rank correlation of the losses there and the fitness in the end; NaN of fewer than two
     */
    public record AtOne(int epoch, int reached, double correlation) {}

    /** @param generations whether a rule is to hold generations against earlier ones alone */
    public StoppingReplay(RunHistory history, boolean generations) {
        this.generations = generations;
        for (long id = 0; id < history.asked(); id++) {
            history.evaluation(id)
                    .filter(row -> !row.evaluation().curve().isEmpty())
                    .ifPresent(this::add);
        }
    }

    private void add(EvaluationRow row) {
        double began = Double.isNaN(row.dispatched()) ? row.asked() : row.dispatched();
        trained.add(new Trained(row.candidate().id(), row.candidate().generation(), began, row.evaluation()));
    }

    /** Epochs of the longest training; 0 if there is none. */
    public int epochs() {
        return trained.stream()
                .flatMap(t -> t.evaluation().curve().stream())
                .mapToInt(Evaluation.Epoch::epoch)
                .max()
                .orElse(0);
    }

    /** Trainings that there are. */
    public int evaluations() {
        return trained.size();
    }

    /** What a rule would have done. */
    public Outcome with(StoppingSettings settings) {
        StoppingRule rule = StoppingRules.of(settings, generations);
        Map<Long, Evaluation.Epoch> stopped = new HashMap<>();
        int generation = 0;
        for (AtRung at : events(settings)) {
            long id = at.training().id();
            if (stopped.containsKey(id)) {
                continue;
            }
            if (generations && at.training().generation() != generation) {
                generation = at.training().generation();
                rule.takenIn();
            }
            if (rule.judge(id, at.point().epoch(), loss(at.point())) == Verdict.STOP) {
                stopped.put(id, at.point());
            }
        }
        return outcome(settings, stopped);
    }

    private List<AtRung> events(StoppingSettings settings) {
        List<AtRung> events = new ArrayList<>();
        for (Trained training : trained) {
            for (Evaluation.Epoch point : training.evaluation().curve()) {
                if (point.fold() == 1 && settings.rungs().contains(point.epoch())) {
                    events.add(new AtRung(training.began() + point.elapsed(), training, point));
                }
            }
        }
        Comparator<AtRung> order = Comparator.comparingDouble(AtRung::time);
        if (generations) {
            order = Comparator.<AtRung>comparingInt(at -> at.training().generation())
                    .thenComparing(order);
        }
        events.sort(order.thenComparingLong(at -> at.training().id()));
        return events;
    }

    private Outcome outcome(StoppingSettings settings, Map<Long, Evaluation.Epoch> stopped) {
        long epochs = 0;
        long epochsSaved = 0;
        double seconds = 0;
        double secondsSaved = 0;
        for (Trained training : trained) {
            Evaluation evaluation = training.evaluation();
            epochs += evaluation.curve().size();
            seconds += evaluation.seconds();
            Evaluation.Epoch at = stopped.get(training.id());
            if (at != null) {
                long over = evaluation.curve().stream()
                        .filter(point -> point.epoch() > at.epoch())
                        .count();
                epochsSaved += over;
                // what comes after the last epoch comes after that one, too
                Evaluation.Epoch last =
                        evaluation.curve().get(evaluation.curve().size() - 1);
                secondsSaved += Math.max(0, last.elapsed() - at.elapsed());
            }
        }
        List<Trained> best = trained.stream()
                .filter(t -> t.evaluation().hasFitness())
                .sorted(Ranking.by(t -> t.evaluation().fitness(), Trained::id))
                .toList();
        Set<Long> survivors = new HashSet<>();
        best.stream().map(Trained::id).filter(id -> !stopped.containsKey(id)).forEach(survivors::add);
        return new Outcome(
                settings,
                trained.size(),
                stopped.size(),
                epochs,
                epochsSaved,
                seconds,
                secondsSaved,
                best.isEmpty() ? -1 : best.get(0).id(),
                !best.isEmpty() && survivors.contains(best.get(0).id()),
                best.stream()
                        .filter(t -> survivors.contains(t.id()))
                        .mapToDouble(t -> t.evaluation().fitness())
                        .findFirst()
                        .orElse(Double.NaN),
                (int) best.stream()
                        .limit(TEN)
                        .filter(t -> survivors.contains(t.id()))
                        .count(),
                settings.rungs().stream().map(this::at).toList());
    }

    private AtOne at(int rung) {
        List<Double> there = new ArrayList<>();
        List<Double> end = new ArrayList<>();
        int reached = 0;
        for (Trained training : trained) {
            for (Evaluation.Epoch point : training.evaluation().curve()) {
                if (point.fold() == 1 && point.epoch() == rung) {
                    reached++;
                    if (training.evaluation().hasFitness() && Double.isFinite(loss(point))) {
                        there.add(loss(point));
                        end.add(training.evaluation().fitness());
                    }
                }
            }
        }
        return new AtOne(
                rung,
                reached,
                RankCorrelation.of(
                        there.stream().mapToDouble(v -> v).toArray(),
                        end.stream().mapToDouble(v -> v).toArray()));
    }

    private static double loss(Evaluation.Epoch point) {
        return Double.isNaN(point.validationLoss()) ? point.figure(Figure.CROSS_ENTROPY) : point.validationLoss();
    }
}
