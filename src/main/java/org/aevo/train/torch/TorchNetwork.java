package org.aevo.train.torch;

import java.util.function.Function;
import java.util.function.Supplier;
import org.aevo.genome.Blueprint;
import org.aevo.genome.Hyperparameters;
import org.aevo.genome.Layer;
import org.aevo.search.Weights;
import org.aevo.train.InitialWeights;
import org.aevo.train.Network;
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
    private final NetworkWeights weights;
    private final LayerChain chain;
    private final UpdateRule rule;
    private boolean closed;

    /** @param device kept by the caller for as long as this network is open */
    TorchNetwork(Blueprint blueprint, Hyperparameters hyperparameters, long seed, Device device) {
        this.blueprint = blueprint;
        this.staging = new Staging(blueprint.input(), !(blueprint.layers().get(0) instanceof Layer.Dense), device);
        GradMode.set_enabled(false);
        try (PointerScope scope = new PointerScope()) {
            Weights initial = InitialWeights.of(blueprint, seed);
            ImageOrder order = new ImageOrder(blueprint);
            weights = new NetworkWeights(initial, order, new TensorOptions(device), owned);
            chain = new LayerChain(blueprint, order, weights, generator(device, seed), owned);
            rule = UpdateRule.of(hyperparameters, weights.flat(), owned);
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
    public double step(Samples samples, int[] order, int from, int to) {
        return scoped(() -> {
            Tensor batch = staging.of(to - from, numbers -> samples.copy(order, from, to, numbers));
            weights.gradient().zero_();
            Tensor loss;
            GradMode.set_enabled(true);
            try {
                loss = loss(chain.forward(batch, true), batch);
                loss.backward();
            } finally {
                GradMode.set_enabled(false);
            }
            rule.apply(weights.flat(), weights.gradient());
            return (double) loss.item_float();
        });
    }

    @Override
    public double loss(Samples samples, int from, int to) {
        return scoped(() -> {
            Tensor batch = staging.of(to - from, numbers -> numbers.put(samples.values(from, to)));
            return (double) loss(chain.forward(batch, false), batch).item_float();
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
            owned.close();
            // free memory between what is left of a network and the next one's would add up over many
            Pointer.trimMemory();
        }
    }

    /** The mean over all values; the library would stretch a smaller tensor without a word. */
    private static Tensor loss(Tensor output, Tensor batch) {
        return torch.mse_loss(output, output.dim() == batch.dim() ? batch : batch.view(output.sizes()));
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
