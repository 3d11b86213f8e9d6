package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.aevo.search.Weights;

/** Builds networks whose weight is the number of steps that they made, plus 1000 times their own number. */
final class CountingEngine implements Engine {
    final List<NetworkPlan> plans = new ArrayList<>();
    final List<CountingNetwork> networks = new ArrayList<>();
    /** Of every step of the second network. */
    OptionalDouble loss = OptionalDouble.empty();

    @Override
    public Network build(NetworkPlan plan) {
        assertTrue(networks.stream().allMatch(network -> network.closed), "one network is open at a time");
        plans.add(plan);
        networks.add(new CountingNetwork(plans.size()));
        return networks.get(networks.size() - 1);
    }

    /** As it was when it was made. */
    void forget() {
        plans.clear();
        networks.clear();
    }

    int[] steps() {
        return networks.stream().mapToInt(network -> network.steps).toArray();
    }

    @Override
    public String name() {
        return "counting";
    }

    @Override
    public String device() {
        return "cpu";
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public Map<String, String> libraries() {
        return Map.of();
    }

    @Override
    public List<SelfCheck> selfCheck() {
        return List.of();
    }

    @Override
    public void close() {}

    /** The loss of a step is its number, unless another is set for the second network. */
    final class CountingNetwork implements Network {
        private final int number;
        private int steps;
        private int kept = -1;
        boolean closed;
        final List<String> batches = new ArrayList<>();

        CountingNetwork(int number) {
            this.number = number;
        }

        @Override
        public long parameters() {
            return 77;
        }

        @Override
        public double step(Samples inputs, Samples targets, int[] order, int from, int to) {
            steps++;
            batches.add(Arrays.toString(Arrays.copyOfRange(order, from, to)));
            return number == 2 && loss.isPresent() ? loss.getAsDouble() : steps;
        }

        @Override
        public double loss(Samples inputs, Samples targets, int from, int to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public float[] logits(Samples inputs, int from, int to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void keep() {
            kept = steps;
        }

        @Override
        public void restore() {
            steps = kept;
        }

        @Override
        public Weights weights() {
            return new Weights(List.of(new Weights.Array("w", new int[] {1}, new float[] {1000 * number + steps})));
        }

        @Override
        public void load(Weights weights) {
            throw new UnsupportedOperationException();
        }

        @Override
        public float[] reconstruct(float[] values) {
            throw new UnsupportedOperationException();
        }

        @Override
        public float[] encode(float[] values) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
