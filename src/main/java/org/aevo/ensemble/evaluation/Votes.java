package org.aevo.ensemble.evaluation;

import java.util.ArrayList;
import java.util.List;
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
            for (long need : planned.needs()) {
                require(plan.task(need));
            }
            long begin = System.nanoTime();
            List<Predictions> members = new ArrayList<>();
            for (long need : planned.needs()) {
                members.add(predictions(plan.task(need)));
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

    /** Sees to it that what a classifier predicts is there. */
    private void require(PlannedTask classifier) throws UnavailableException {
        KeptArrays.Answer answer = KeptArrays.predictions(store, classifier.id());
        if (answer instanceof KeptArrays.NotFound none) {
            LOG.warn("{} is trained once more: {}", classifier.task(), none.problem());
            Candidate candidate = new Candidate(
                    classifier.id(),
                    0,
                    Candidate.NONE,
                    Candidate.NONE,
                    classifier.task().toString(),
                    classifier.design());
            Job job = new Job(candidate, EvaluationSeed.of(runSeed, candidate), Double.NaN);
            Evaluation again =
                    classifiers.evaluate(classifier, job, Control.NONE).evaluation();
            if (again.status() != EvaluationStatus.OK) {
                throw new UnavailableException("what " + classifier.task() + " (candidate " + classifier.id()
                        + ") predicts cannot be had (" + none.problem() + "), nor made once more: " + again.message());
            }
        }
    }

    private Predictions predictions(PlannedTask classifier) throws UnavailableException {
        KeptArrays.Answer answer = KeptArrays.predictions(store, classifier.id());
        if (answer instanceof KeptArrays.Found found) {
            return found.predictions();
        }
        throw new UnavailableException("what " + classifier.task() + " (candidate " + classifier.id()
                + ") predicts cannot be had: " + ((KeptArrays.NotFound) answer).problem());
    }
}
