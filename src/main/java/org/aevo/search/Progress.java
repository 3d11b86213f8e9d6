package org.aevo.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What every strategy keeps: who is out, the population, the best that it has had. */
final class Progress {
    private final Population population;
    private final NavigableMap<Long, Candidate> out = new TreeMap<>();
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

    /** Those candidates, in the order of their ids. */
    Collection<Candidate> candidatesOut() {
        return Collections.unmodifiableCollection(out.values());
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
            population.insert(member(candidate, evaluation));
        }
        return insertion(evaluation, population.takeLeft());
    }

    /** Lets evaluated candidates into the population together: it is the same after each, and those who left did with the last. */
    List<Insertion> insertAll(List<Generations.Told> generation) {
        population.insertAll(generation.stream()
                .filter(told -> told.evaluation().hasFitness())
                .map(told -> member(told.candidate(), told.evaluation()))
                .toList());
        List<Insertion> insertions = new ArrayList<>();
        for (Generations.Told told : generation) {
            boolean last = insertions.size() == generation.size() - 1;
            insertions.add(insertion(told.evaluation(), last ? population.takeLeft() : List.of()));
        }
        return insertions;
    }

    private static Member member(Candidate candidate, Evaluation evaluation) {
        return new Member(candidate, evaluation.fitness(), evaluation.score().objectives());
    }

    private Insertion insertion(Evaluation evaluation, List<Long> left) {
        best = best.or(evaluation);
        return new Insertion(
                evaluation.id(), best.fitness(), population.meanFitness(), population.geneDiversity(), left);
    }
}
