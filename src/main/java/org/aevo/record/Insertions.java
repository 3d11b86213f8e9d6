package org.aevo.record;

import org.aevo.search.Insertion;

/** The progress of the search, one row per insertion. */
final class Insertions {
    final Column.Longs id;
    final Column.Doubles best;
    final Column.Doubles mean;
    final Column.Doubles diversity;
    final Column.Doubles time;

    Insertions() {
        id = new Column.Longs();
        best = new Column.Doubles();
        mean = new Column.Doubles();
        diversity = new Column.Doubles();
        time = new Column.Doubles();
    }

    private Insertions(Insertions live) {
        id = live.id.freeze();
        best = live.best.freeze();
        mean = live.mean.freeze();
        diversity = live.diversity.freeze();
        time = live.time.freeze();
    }

    Insertions freeze() {
        return new Insertions(this);
    }

    int size() {
        return id.size();
    }

    void add(Insertion insertion, double at) {
        id.add(insertion.id());
        best.add(insertion.bestFitness());
        mean.add(insertion.meanFitness());
        diversity.add(insertion.diversity());
        time.add(at);
    }

    Insertion get(int row) {
        return new Insertion(id.get(row), best.get(row), mean.get(row), diversity.get(row));
    }
}
