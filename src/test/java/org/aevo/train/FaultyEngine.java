package org.aevo.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.search.Weights;

/** A real engine with faults: what it is given happens at the start of what networks do. */
final class FaultyEngine implements Engine {
    private final Engine engine;
    private final Faults faults;
    final List<String> open = new ArrayList<>();

    /** What a network is about to do; throws what goes wrong. */
    interface Faults {
        /** @param deed {@code refuse}, {@code build}, {@code gradient}, {@code update}, {@code loss} or {@code keep} */
        void at(String deed);
    }

    FaultyEngine(Engine engine, Faults faults) {
        this.engine = engine;
        this.faults = faults;
    }

    @Override
    public Network build(NetworkPlan plan) {
        faults.at("build");
        Network network = engine.build(plan);
        open.add("a network");
        return new Faulty(network, network.parts());
    }

    private final class Faulty implements Network, StepParts {
        private final Network network;
        private final StepParts parts;

        Faulty(Network network, StepParts parts) {
            this.network = network;
            this.parts = parts;
        }

        @Override
        public long parameters() {
            return network.parameters();
        }

        @Override
        public double step(Samples inputs, Samples targets, int[] order, int from, int to) {
            return network.step(inputs, targets, order, from, to);
        }

        @Override
        public StepParts parts() {
            return this;
        }

        @Override
        public double gradient(Samples inputs, Samples targets, int[] order, int from, int to) {
            faults.at("gradient");
            return parts.gradient(inputs, targets, order, from, to);
        }

        @Override
        public int size() {
            return parts.size();
        }

        @Override
        public void read(int from, float[] values, int count) {
            parts.read(from, values, count);
        }

        @Override
        public void write(int from, float[] values, int count) {
            parts.write(from, values, count);
        }

        @Override
        public void update() {
            faults.at("update");
            parts.update();
        }

        @Override
        public double loss(Samples inputs, Samples targets, int from, int to) {
            faults.at("loss");
            return network.loss(inputs, targets, from, to);
        }

        @Override
        public float[] logits(Samples inputs, int from, int to) {
            return network.logits(inputs, from, to);
        }

        @Override
        public float[] reconstruct(float[] values) {
            return network.reconstruct(values);
        }

        @Override
        public float[] encode(float[] values) {
            return network.encode(values);
        }

        @Override
        public void keep() {
            faults.at("keep");
            network.keep();
        }

        @Override
        public void restore() {
            network.restore();
        }

        @Override
        public Weights weights() {
            return network.weights();
        }

        @Override
        public void load(Weights weights) {
            network.load(weights);
        }

        @Override
        public void close() {
            network.close();
            open.clear();
        }
    }

    @Override
    public Optional<String> refusal(NetworkPlan plan) {
        faults.at("refuse");
        return engine.refusal(plan);
    }

    @Override
    public String name() {
        return engine.name();
    }

    @Override
    public String device() {
        return engine.device();
    }

    @Override
    public int threads() {
        return engine.threads();
    }

    @Override
    public Map<String, String> libraries() {
        return engine.libraries();
    }

    @Override
    public List<SelfCheck> selfCheck() {
        return engine.selfCheck();
    }

    @Override
    public void close() {
        engine.close();
    }
}
