package org.aevo.predict;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aevo.stat.CostFit;

/**
 * What a team takes at each step to sum up its gradients, by its number of ranks: a latency, and so much for each parameter.
 * Sums go up and down a tree, so that ranks that were not measured take as many more rounds as their tree is deeper.
 */
public final class Communication {
    private final TreeMap<Integer, Cost> costs = new TreeMap<>();

    /**
     * Of one operation.
     *
     * @param latency seconds, whatever is summed
     * @param perParameter seconds for each parameter
     */
    public record Cost(double latency, double perParameter) {
        public Cost {
            if (!(latency >= 0) || !(perParameter >= 0) || Double.isInfinite(latency + perParameter)) {
                throw new IllegalArgumentException(
                        "communication must not be negative, was " + latency + " s and " + perParameter + " s each");
            }
        }

        /** Seconds for so many parameters. */
        public double seconds(double parameters) {
            return latency + perParameter * parameters;
        }
    }

    /**
     * One operation as it was measured.
     *
     * @param parameters that were summed
     * @param seconds it took
     */
    public record Measured(long parameters, double seconds) {}

    /** @param costs by ranks, at least one */
    public Communication(Map<Integer, Cost> costs) {
        this.costs.putAll(costs);
        if (costs.isEmpty() || this.costs.firstKey() < 2) {
            throw new IllegalArgumentException("communication needs two ranks, was measured with " + costs.keySet());
        }
    }

    /** The cost that fits measurements best; of none, nothing. */
    public static Cost fit(List<Measured> measured) {
        List<Measured> usable = measured.stream().filter(m -> m.seconds() > 0).toList();
        double[][] parts =
                usable.stream().map(m -> new double[] {1, m.parameters()}).toArray(double[][]::new);
        double[] cost = usable.isEmpty()
                ? new double[2]
                : CostFit.of(
                        parts, usable.stream().mapToDouble(Measured::seconds).toArray());
        return new Cost(cost[0], cost[1]);
    }

    /** Of a team of a size; nothing of one rank. */
    public Cost of(int ranks) {
        if (ranks < 2) {
            return new Cost(0, 0);
        }
        Map.Entry<Integer, Cost> near = costs.floorEntry(ranks) == null ? costs.firstEntry() : costs.floorEntry(ranks);
        double rounds = (double) depth(ranks) / depth(near.getKey());
        return new Cost(near.getValue().latency() * rounds, near.getValue().perParameter() * rounds);
    }

    private static int depth(int ranks) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(ranks - 1);
    }
}
