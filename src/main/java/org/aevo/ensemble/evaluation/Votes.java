package org.aevo.ensemble.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.ensemble.EnsemblePlan;
import org.aevo.ensemble.KeptArrays;
import org.aevo.ensemble.PlannedTask;
import org.aevo.ensemble.Predictions;
import org.aevo.ensemble.Vote;
import org.aevo.search.Candidate;
import org.aevo.search.Control;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationSeed;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Evaluator.Outcome;
import org.aevo.search.Job;
import org.aevo.search.ParentWeights;
import org.aevo.search.Score;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the classifiers of members vote. What one of them predicted and cannot be read any more is made once more, by training
 * it again: the same seed gives the same.
 */
final class Votes {
    private static final Logger LOG = LoggerFactory.getLogger(Votes.class);

    private final EnsemblePlan plan;
    private final Classifiers classifiers;
    private final ParentWeights store;
    private final long runSeed;

    Votes(EnsemblePlan plan, Classifiers classifiers, ParentWeights store, long runSeed) {
        this.plan = plan;
        this.classifiers = classifiers;
        this.store = store;
        this.runSeed = runSeed;
    }

    /** Does the task of a vote; what is made once more is no part of its time. */
    Outcome evaluate(PlannedTask planned, Job job) {
        long id = job.candidate().id();
        long absent = job.candidate().parentB();
        if (absent != Candidate.NONE) {
            return failed(
                    id,
                    plan.task(absent).task() + " (candidate " + absent
                            + ") did not end well: without it the others are another ensemble");
        }
        try {
            Map<Long, Predictions> again = new HashMap<>();
            for (long need : planned.needs()) {
                if (KeptArrays.predictions(store, need) instanceof KeptArrays.NotFound none) {
                    again.put(need, made(plan.task(need), none.problem()));
                }
            }
            long begin = System.nanoTime();
            List<Predictions> members = new ArrayList<>();
            for (long need : planned.needs()) {
                members.add(again.containsKey(need) ? again.get(need) : kept(plan.task(need)));
            }
            Score score = new Score(Double.NaN, Double.NaN, Double.NaN, Vote.figures(members));
            Durations durations = new Durations(0, 0, (System.nanoTime() - begin) / 1e9);
            return new Outcome(
                    new Evaluation(id, EvaluationStatus.OK, score, Effort.of(durations), List.of(), ""),
                    Optional.empty());
        } catch (UnavailableException | IllegalArgumentException e) {
            return failed(id, e.getMessage());
        }
    }

    private static Outcome failed(long id, String message) {
        return new Outcome(Evaluation.failed(id, EvaluationStatus.FAILED, Durations.ZERO, message), Optional.empty());
    }

    /** What a classifier predicts that is trained once more. */
    private Predictions made(PlannedTask classifier, String problem) throws UnavailableException {
        LOG.warn("{} is trained once more: {}", classifier.task(), problem);
        Candidate candidate = new Candidate(
                classifier.id(),
                0,
                Candidate.NONE,
                Candidate.NONE,
                classifier.task().toString(),
                classifier.design());
        Job job = new Job(candidate, EvaluationSeed.of(runSeed, candidate), Double.NaN);
        Classifiers.Classified again = classifiers.evaluate(classifier, job, Control.NONE);
        return again.predictions()
                .filter(any -> again.evaluation().status() == EvaluationStatus.OK)
                .orElseThrow(() -> new UnavailableException("what " + classifier.task() + " (candidate "
                        + classifier.id() + ") predicts cannot be had (" + problem + "), nor made once more: "
                        + again.evaluation().message()));
    }

    private Predictions kept(PlannedTask classifier) throws UnavailableException {
        KeptArrays.Answer answer = KeptArrays.predictions(store, classifier.id());
        if (answer instanceof KeptArrays.Found found) {
            return found.predictions();
        }
        throw new UnavailableException("what " + classifier.task() + " (candidate " + classifier.id()
                + ") predicts cannot be had: " + ((KeptArrays.NotFound) answer).problem());
    }
}
