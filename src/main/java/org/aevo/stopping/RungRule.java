package org.aevo.stopping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aevo.search.Control.Verdict;

/** Judges an evaluation by its place among the losses that were heard at the same rung. */
final class RungRule implements StoppingRule {
    /** So many must have been heard at a rung before a median says anything. */
    private static final int FEWEST_FOR_MEDIAN = 5;

    private final List<Integer> rungs;
    private final Test test;
    private final boolean generations;
    private final Map<Integer, Rung> heard = new HashMap<>();
    private final Map<Place, Verdict> said = new HashMap<>();
    private final List<Entry> waiting = new ArrayList<>();

    private record Place(long id, int epoch) {}

    private record Entry(int epoch, double loss) {}

    /** Whether an evaluation goes on. */
    @FunctionalInterface
    interface Test {
        /**
         * @param better how many of the losses heard before are lower
         * @param before how many there are
         */
        boolean passes(int better, int before);
    }

    RungRule(List<Integer> rungs, Test test, boolean generations) {
        this.rungs = List.copyOf(rungs);
        this.test = test;
        this.generations = generations;
        this.rungs.forEach(rung -> heard.put(rung, new Rung()));
    }

    /**
     * Asynchronous successive halving in its stopping variant: who is among the best {@code 1 / reduction} of those who have reached the rung,
     * this one included and rounded up, goes on; the first does always.
     */
    static Test halving(double reduction) {
        return (better, before) -> better < Math.ceil((before + 1) / reduction);
    }

    /** Who is not worse than the median of those who reached the rung before goes on, and everybody before there are some. */
    static Test median() {
        return (better, before) -> before < FEWEST_FOR_MEDIAN || 2 * better <= before;
    }

    @Override
    public List<Integer> rungs() {
        return rungs;
    }

    @Override
    public Verdict judge(long id, int epoch, double loss) {
        Rung rung = heard.get(epoch);
        if (rung == null) {
            throw new IllegalArgumentException("there is no rung at epoch " + epoch + ", but at " + rungs);
        }
        Place place = new Place(id, epoch);
        Verdict before = said.get(place);
        if (before != null) {
            return before;
        }
        double value = Double.isNaN(loss) ? Double.POSITIVE_INFINITY : loss;
        boolean goesOn = value < Double.POSITIVE_INFINITY && test.passes(rung.below(value), rung.size());
        if (generations) {
            waiting.add(new Entry(epoch, value));
        } else {
            rung.add(value);
        }
        Verdict verdict = goesOn ? Verdict.GO_ON : Verdict.STOP;
        said.put(place, verdict);
        return verdict;
    }

    @Override
    public void takenIn() {
        waiting.forEach(entry -> heard.get(entry.epoch()).add(entry.loss()));
        waiting.clear();
    }

    /** The losses of one rung, in order. */
    private static final class Rung {
        private double[] losses = new double[32];
        private int size;

        int size() {
            return size;
        }

        int below(double loss) {
            int place = Arrays.binarySearch(losses, 0, size, loss);
            if (place < 0) {
                return -place - 1;
            }
            while (place > 0 && losses[place - 1] == loss) {
                place--;
            }
            return place;
        }

        void add(double loss) {
            if (size == losses.length) {
                losses = Arrays.copyOf(losses, 2 * size);
            }
            int place = below(loss);
            System.arraycopy(losses, place, losses, place + 1, size - place);
            losses[place] = loss;
            size++;
        }
    }
}
