package org.aevo.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aevo.design.Designs;
import org.aevo.search.Candidate;

/** What was asked, by id, with the rows elsewhere that belong to it (-1 for none). */
final class Candidates {
    final Column.Ints generation;
    final Column.Longs parentA;
    final Column.Longs parentB;
    final Column.Ints operator;
    final Column.Texts genome;
    final Column.Doubles asked;
    /** Insertions when it was asked. */
    final Column.Ints insertionsBefore;

    final Column.Ints outcome;
    final Column.Ints insertion;
    /** When it left the population, in seconds of the run; NaN before. */
    final Column.Doubles left;

    final Column.Ints lastDispatch;

    /** Operators repeat: each text once. */
    private final List<String> operators;

    private final Map<String, Integer> operatorCodes;

    Candidates() {
        generation = new Column.Ints();
        parentA = new Column.Longs();
        parentB = new Column.Longs();
        operator = new Column.Ints();
        genome = new Column.Texts();
        asked = new Column.Doubles();
        insertionsBefore = new Column.Ints();
        outcome = new Column.Ints();
        insertion = new Column.Ints();
        left = new Column.Doubles();
        lastDispatch = new Column.Ints();
        operators = new ArrayList<>();
        operatorCodes = new HashMap<>();
    }

    private Candidates(Candidates live) {
        generation = live.generation.freeze();
        parentA = live.parentA.freeze();
        parentB = live.parentB.freeze();
        operator = live.operator.freeze();
        genome = live.genome.freeze();
        asked = live.asked.freeze();
        insertionsBefore = live.insertionsBefore.freeze();
        outcome = live.outcome.freeze();
        insertion = live.insertion.freeze();
        left = live.left.freeze();
        lastDispatch = live.lastDispatch.freeze();
        operators = List.copyOf(live.operators);
        operatorCodes = Map.of();
    }

    Candidates freeze() {
        return new Candidates(this);
    }

    int size() {
        return generation.size();
    }

    void add(Candidate c, double time, int insertions) {
        if (c.id() != size()) {
            throw new IllegalArgumentException("candidate " + c.id() + " was asked where " + size() + " comes next");
        }
        generation.add(c.generation());
        parentA.add(c.parentA());
        parentB.add(c.parentB());
        operator.add(operatorCodes.computeIfAbsent(c.operator(), this::newOperator));
        genome.add(c.design().toString());
        asked.add(time);
        insertionsBefore.add(insertions);
        outcome.add(-1);
        insertion.add(-1);
        left.add(Double.NaN);
        lastDispatch.add(-1);
    }

    /** The row of a candidate. */
    int row(long id) {
        if (id < 0 || id >= size()) {
            throw new IllegalArgumentException("candidate " + id + " was never asked");
        }
        return (int) id;
    }

    String operatorOf(int row) {
        return operators.get(operator.get(row));
    }

    Candidate get(int row) {
        return new Candidate(
                row,
                generation.get(row),
                parentA.get(row),
                parentB.get(row),
                operatorOf(row),
                Designs.parse(genome.get(row)));
    }

    long selectionLag(int row) {
        return insertion.get(row) < 0 ? -1 : insertion.get(row) - insertionsBefore.get(row);
    }

    private int newOperator(String name) {
        operators.add(name);
        return operators.size() - 1;
    }
}
