package org.aevo.train.torch;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.network.Shape;
import org.aevo.search.Weights;
import org.aevo.train.Loss;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.Samples;
import org.aevo.train.StepParts;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** A graph of layers as functions of flat weights. Gradients are recorded in {@link #step} alone. */
final class TorchNetwork implements Network {
    private final Blueprint blueprint;
    private final Owned owned = new Owned();
    private final Staging staging;
    /** For targets that are not what goes in. */
    private final Staging targetStaging;

    /** Shape of what comes out. */
    private final Shape output;

    private final NetworkWeights weights;
    private final LayerGraph graph;
    private final Loss loss;
    /** What the loss is computed from: with cross-entropy, all but the last activation. */
    private final LayerGraph trained;

    /** Of weights; empty where they do not decay. */
    private final Optional<Runnable> decay;

    private final UpdateRule rule;
    private boolean closed;

    /**
     * @param plan that there is no refusal of
     * @param device kept by the caller for as long as this network is open
     */
    TorchNetwork(NetworkPlan plan, Device device) {
        this.blueprint = plan.blueprint();
        this.loss = plan.loss();
        ImageOrder order = new ImageOrder(blueprint);
        this.output = blueprint.output().layer().output();
        this.staging = new Staging(blueprint.input(), order.isImage(Blueprint.INPUT), device);
        this.targetStaging = new Staging(output, endsInWindows(blueprint), device);
        GradMode.set_enabled(false);
        try (PointerScope scope = new PointerScope()) {
            Weights initial = plan.startingWeights();
            weights = new NetworkWeights(initial, order, new TensorOptions(device), owned);
            GeneratorOptional generator = generator(device, plan.seed());
            LayerSteps steps = new LayerSteps(order, weights, generator, owned);
            graph = new LayerGraph(blueprint, steps);
            trained = loss == Loss.MSE ? graph : new LayerGraph(loss.trained(blueprint), steps);
            decay = plan.weightDecay() > 0 ? Optional.of(weights.decay(plan.weightDecay())) : Optional.empty();
            rule = UpdateRule.of(plan.hyperparameters(), weights.flat(), owned);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Whether what comes out has its channels last in memory; a dense layer's values that become an image have not. */
    private static boolean endsInWindows(Blueprint blueprint) {
        Layer last = blueprint.output().layer();
        return !(last instanceof Layer.Dense || last instanceof Layer.Reshape)
                && blueprint.output().layer().output().isImage();
    }

    /** What dropout draws from: nobody else does. */
    private GeneratorOptional generator(Device device, long seed) {
        Generator generator = torch.globalContext().defaultGenerator(device).clone();
        generator.set_current_seed(seed);
        return owned.own(new GeneratorOptional(generator));
    }

    @Override
    public long parameters() {
        return blueprint.parameters();
    }

    @Override
    public double step(Samples inputs, Samples targets, int[] order, int from, int to) {
        return scoped(() -> {
            Tensor mean = differentiate(inputs, targets, order, from, to);
            update();
            return (double) mean.item_float();
        });
    }

    @Override
    public StepParts parts() {
        return new StepParts() {
            @Override
            public double gradient(Samples inputs, Samples targets, int[] order, int from, int to) {
                return scoped(() ->
                        (double) differentiate(inputs, targets, order, from, to).item_float());
            }

            @Override
            public int size() {
                return weights.shared().size();
            }

            @Override
            public void read(int from, float[] values, int count) {
                scoped(() -> weights.shared().read(from, values, count));
            }

            @Override
            public void write(int from, float[] values, int count) {
                scoped(() -> weights.shared().write(from, values, count));
            }

            @Override
            public void update() {
                scoped(() -> TorchNetwork.this.update());
            }
        };
    }

    /** Makes gradients of zeros. */
    private Tensor differentiate(Samples inputs, Samples targets, int[] order, int from, int to) {
        int count = fitting(inputs, targets, from, to);
        Tensor in = staging.of(count, numbers -> inputs.copy(order, from, to, numbers));
        Tensor out =
                inputs == targets ? in : targetStaging.of(count, numbers -> targets.copy(order, from, to, numbers));
        weights.gradient().zero_();
        GradMode.set_enabled(true);
        try {
            Tensor mean = loss(loss, trained.forward(in, true), out);
            mean.backward();
            return mean;
        } finally {
            GradMode.set_enabled(false);
        }
    }

    private void update() {
        decay.ifPresent(Runnable::run);
        rule.apply(weights.flat(), weights.gradient());
    }

    @Override
    public double loss(Samples inputs, Samples targets, int from, int to) {
        return scoped(() -> {
            int count = fitting(inputs, targets, from, to);
            Tensor in = staging.of(count, numbers -> numbers.put(inputs.values(from, to)));
            Tensor out =
                    inputs == targets ? in : targetStaging.of(count, numbers -> numbers.put(targets.values(from, to)));
            return (double) loss(Loss.MSE, graph.forward(in, false), out).item_float();
        });
    }

    @Override
    public float[] reconstruct(float[] values) {
        return applied(values, batch -> graph.forward(batch, false));
    }

    @Override
    public float[] encode(float[] values) {
        if (!graph.hasCode()) {
            throw new IllegalStateException("the network has no output " + Blueprint.LATENT);
        }
        return applied(values, graph::encode);
    }

    private float[] applied(float[] values, Function<Tensor, Tensor> pass) {
        int size = Math.toIntExact(blueprint.input().size());
        if (values.length == 0 || values.length % size != 0) {
            throw new IllegalArgumentException(
                    values.length + " values are not whole samples of shape " + blueprint.input());
        }
        return scoped(() -> {
            Tensor batch = staging.of(values.length / size, numbers -> numbers.put(values));
            Tensor result = pass.apply(batch).cpu().contiguous();
            float[] numbers = new float[Math.toIntExact(result.numel())];
            result.data_ptr_float().get(numbers);
            return numbers;
        });
    }

    @Override
    public float[] logits(Samples inputs, int from, int to) {
        if (loss != Loss.CROSS_ENTROPY) {
            throw new IllegalStateException("the network is trained by " + loss + ", not by cross-entropy");
        }
        return applied(inputs.values(from, to), batch -> trained.forward(batch, false));
    }

    @Override
    public void keep() {
        scoped(() -> weights.keep());
    }

    @Override
    public void restore() {
        scoped(() -> weights.restore());
    }

    @Override
    public Weights weights() {
        return scoped(weights::copy);
    }

    @Override
    public void load(Weights values) {
        scoped(() -> weights.load(values));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            staging.close();
            targetStaging.close();
            owned.close();
            // free memory between what is left of a network and the next one's would add up over many
            Pointer.trimMemory();
        }
    }

    /**
     * How many samples there are from one to another.
     *
     * @throws IllegalArgumentException if they are not of the network's shapes
     */
    private int fitting(Samples inputs, Samples targets, int from, int to) {
        if (inputs.shape().size() != blueprint.input().size()) {
            throw new IllegalArgumentException(
                    "inputs have shape " + inputs.shape() + ", the network takes " + blueprint.input());
        }
        if (targets.shape().size() != output.size()) {
            throw new IllegalArgumentException(
                    "targets have shape " + targets.shape() + ", the network's output " + output);
        }
        return to - from;
    }

    /** The mean over all values; cross-entropy's over samples, of targets that are probabilities. */
    private static Tensor loss(Loss loss, Tensor output, Tensor targets) {
        Tensor wanted = output.dim() == targets.dim() ? targets : targets.view(output.sizes());
        return switch (loss) {
            case MSE -> torch.mse_loss(output, wanted);
            case BINARY_CROSS_ENTROPY -> torch.binary_cross_entropy_with_logits(output, wanted);
            case CROSS_ENTROPY -> torch.cross_entropy_loss(output, wanted);
        };
    }

    /** Everything native that the call makes, and does not own, is freed after it. */
    private static <T> T scoped(Supplier<T> call) {
        return NativeErrors.guard(() -> {
            try (PointerScope scope = new PointerScope()) {
                return call.get();
            }
        });
    }

    private static void scoped(Runnable call) {
        scoped(() -> {
            call.run();
            return null;
        });
    }
}
