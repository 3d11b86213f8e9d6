package org.aevo.train.torch;

import java.util.function.Function;
import java.util.function.Supplier;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.search.Weights;
import org.aevo.train.Loss;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.Samples;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** A chain of layers as functions of flat weights. Gradients are recorded in {@link #step} alone. */
final class TorchNetwork implements Network {
    private final Blueprint blueprint;
    private final Owned owned = new Owned();
    private final Staging staging;
    /** For targets that are not what goes in. */
    private final Staging targetStaging;

    private final NetworkWeights weights;
    private final LayerChain chain;
    private final Loss loss;
    /** What the loss is computed from: with cross-entropy, all but the last activation. */
    private final LayerChain trained;

    private final UpdateRule rule;
    private boolean closed;

    /** @param device kept by the caller for as long as this network is open */
    TorchNetwork(NetworkPlan plan, Device device) {
        plan.loss().check(plan.blueprint());
        this.blueprint = plan.blueprint();
        this.loss = plan.loss();
        boolean image = !(blueprint.layers().get(0) instanceof Layer.Dense);
        this.staging = new Staging(blueprint.input(), image, device);
        this.targetStaging = new Staging(blueprint.input(), image, device);
        GradMode.set_enabled(false);
        try (PointerScope scope = new PointerScope()) {
            Weights initial = plan.startingWeights();
            ImageOrder order = new ImageOrder(blueprint);
            weights = new NetworkWeights(initial, order, new TensorOptions(device), owned);
            GeneratorOptional generator = generator(device, plan.seed());
            chain = new LayerChain(blueprint, order, weights, generator, owned);
            trained = loss == Loss.MSE
                    ? chain
                    : new LayerChain(loss.trained(blueprint), order, weights, generator, owned);
            rule = UpdateRule.of(plan.hyperparameters(), weights.flat(), owned);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
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
            int count = to - from;
            Tensor in = staging.of(count, numbers -> inputs.copy(order, from, to, numbers));
            Tensor out =
                    inputs == targets ? in : targetStaging.of(count, numbers -> targets.copy(order, from, to, numbers));
            weights.gradient().zero_();
            Tensor mean;
            GradMode.set_enabled(true);
            try {
                mean = loss(loss, trained.forward(in, true), out);
                mean.backward();
            } finally {
                GradMode.set_enabled(false);
            }
            rule.apply(weights.flat(), weights.gradient());
            return (double) mean.item_float();
        });
    }

    @Override
    public double loss(Samples inputs, Samples targets, int from, int to) {
        return scoped(() -> {
            int count = to - from;
            Tensor in = staging.of(count, numbers -> numbers.put(inputs.values(from, to)));
            Tensor out =
                    inputs == targets ? in : targetStaging.of(count, numbers -> numbers.put(targets.values(from, to)));
            return (double) loss(Loss.MSE, chain.forward(in, false), out).item_float();
        });
    }

    @Override
    public float[] reconstruct(float[] values) {
        return applied(values, batch -> chain.forward(batch, false));
    }

    @Override
    public float[] encode(float[] values) {
        if (!chain.hasBottleneck()) {
            throw new IllegalStateException("the network has no layer " + Blueprint.LATENT);
        }
        return applied(values, chain::encode);
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
    public void keep() {
        scoped(() -> {
            weights.keep();
            return null;
        });
    }

    @Override
    public void restore() {
        scoped(() -> {
            weights.restore();
            return null;
        });
    }

    @Override
    public Weights weights() {
        return scoped(weights::copy);
    }

    @Override
    public void load(Weights values) {
        scoped(() -> {
            weights.load(values);
            return null;
        });
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

    /** The mean over all values; the library would stretch a smaller tensor without a word. */
    private static Tensor loss(Loss loss, Tensor output, Tensor targets) {
        Tensor wanted = output.dim() == targets.dim() ? targets : targets.view(output.sizes());
        return switch (loss) {
            case MSE -> torch.mse_loss(output, wanted);
            case BINARY_CROSS_ENTROPY -> torch.binary_cross_entropy_with_logits(output, wanted);
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
}
