package org.aevo.search;

import java.util.ArrayList;
import java.util.List;

/**
 * A population sorted into fronts: the first is of those that nobody dominates, the next of those that nobody
 * dominates but the first, and so on. A newcomer finds its front, and those that it dominates move on by one, as far as that goes
 * (Li, Deb, Zhang and Kwong, "Efficient Non-domination Level Update", 2014), so that nothing is sorted anew.
 */
final class Fronts {
    private final List<Front> fronts = new ArrayList<>();
    private int size;

    /** The individuals of each front, the best front first. */
    List<List<Individual>> individuals() {
        return fronts.stream().map(Front::individuals).toList();
    }

    /** @throws IllegalArgumentException if the newcomer has not as many objectives as the others */
    void add(Individual newcomer) {
        if (!fronts.isEmpty()) {
            int objectives = fronts.get(0).objectives();
            if (newcomer.objectives().length != objectives) {
                throw new IllegalArgumentException(
                        "candidate " + newcomer.member().candidate().id() + " has " + newcomer.objectives().length
                                + " objectives where others have " + objectives);
            }
        }
        size++;
        if (!fronts.isEmpty()) {
            // it may have been cut, and has the distances of then
            fronts.get(fronts.size() - 1).forget();
        }
        int rank = place(newcomer);
        List<Individual> moving = List.of(newcomer);
        while (!moving.isEmpty() && rank < fronts.size()) {
            Front front = fronts.get(rank++);
            List<Individual> expelled = front.expel(moving);
            boolean all = front.size() == 0;
            front.addAll(moving);
            moving = expelled;
            if (all) {
                // each of those behind them is dominated by one of them still
                break;
            }
        }
        if (!moving.isEmpty()) {
            fronts.add(rank, new Front(rank, moving));
            for (int i = rank + 1; i < fronts.size(); i++) {
                fronts.get(i).rank(i);
            }
        }
    }

    /** The first front that does not dominate it; whom a front dominates those before it do, too. */
    private int place(Individual newcomer) {
        int from = 0;
        int to = fronts.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (fronts.get(middle).dominates(newcomer)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** Takes out all but so many: the last fronts, and of the last that stays the most crowded. Returns them. */
    List<Individual> cutTo(int number) {
        List<Individual> gone = new ArrayList<>();
        while (size > number) {
            Front last = fronts.get(fronts.size() - 1);
            int before = gone.size();
            if (last.size() <= size - number) {
                gone.addAll(fronts.remove(fronts.size() - 1).individuals());
            } else {
                gone.addAll(last.cut(size - number));
            }
            size -= gone.size() - before;
        }
        return gone;
    }
}
