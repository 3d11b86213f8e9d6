package org.aevo.search;

import java.util.HashMap;
import java.util.Map;

/** What every strategy keeps: who is out, the population, the best that it has had. */
final class Progress {
    private final Population population;
    private final Map<Long, Candidate> out = new HashMap<>();
    private long asked;
    private long told;
    private Incumbent best = Incumbent.NONE;

    /** Of a search whose population is the best so far. */
    Progress(int capacity) {
        this(new Population(capacity));
    }

    Progress(Population population) {
        this.population = population;
    }

    Population population() {
        return population;
    }

    /** The id of the candidate that is asked next. */
    long nextId() {
        return asked;
    }

    /** Candidates whose evaluations were taken. */
    long told() {
        return told;
    }

    boolean isAnyOut() {
        return !out.isEmpty();
    }

    /** How many candidates were asked for and not told yet. */
    int out() {
        return out.size();
    }

    void asked(Candidate candidate) {
        out.put(candidate.id(), candidate);
        asked++;
    }

    /**
     * Takes a candidate back.
     *
     * @throws IllegalArgumentException if it is not out
     */
    Candidate returned(Evaluation evaluation) {
        Candidate candidate = out.remove(evaluation.id());
        if (candidate == null) {
            throw new IllegalArgumentException(
                    "candidate " + evaluation.id() + " was not asked for, or its evaluation was told before");
        }
        told++;
        return candidate;
    }

    /** Lets an evaluated candidate into the population, if it has a fitness. */
    Insertion insert(Candidate candidate, Evaluation evaluation) {
        if (evaluation.hasFitness()) {
            population.insert(new Member(candidate, evaluation.fitness()));
            best = best.or(evaluation);
        }
        return new Insertion(
                candidate.id(),
                best.fitness(),
                population.meanFitness(),
                population.geneDiversity(),
                population.takeLeft());
    }
}
