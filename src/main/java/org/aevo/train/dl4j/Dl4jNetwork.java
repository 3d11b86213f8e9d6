package org.aevo.train.dl4j;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.aevo.network.Blueprint;
import org.aevo.network.Shape;
import org.aevo.search.Weights;
import org.aevo.train.Loss;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.Samples;
import org.aevo.train.StepParts;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network of Deeplearning4j in training. */
final class Dl4jNetwork implements Network {
    private static final int MAX_STAGED = 8;

    private final Blueprint blueprint;
    private final Loss loss;
    private final LibraryNetwork network;
    /** By number of samples: training batches, the last of an epoch, validation batches, the last of them. */
    private final Map<Integer, INDArray> staging = new HashMap<>();

    /** The same for targets that are not what goes in. */
    private final Map<Integer, INDArray> targetStaging = new HashMap<>();

    private final Runnable whenClosed;

    private Optional<INDArray> kept = Optional.empty();
    private boolean closed;

    Dl4jNetwork(NetworkPlan plan, Runnable whenClosed) {
        this.blueprint = plan.blueprint();
        this.loss = plan.loss();
        this.whenClosed = whenClosed;
        this.network = LibraryNetwork.of(plan, LayerKit.OWN);
        try {
            NativeMemory.guard(() -> {
                network.init();
                load(plan.startingWeights());
                // Dropout draws from the library's one generator, which others have drawn from before.
                Nd4j.getRandom().setSeed(plan.seed());
            });
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    @Override
    public long parameters() {
        return blueprint.parameters();
    }

    @Override
    public double step(Samples inputs, Samples targets, int[] order, int from, int to) {
        double score = differentiate(inputs, targets, order, from, to);
        NativeMemory.guard(network::update);
        return score;
    }

    @Override
    public StepParts parts() {
        return new LibraryParts(network, this::differentiate);
    }

    private double differentiate(Samples inputs, Samples targets, int[] order, int from, int to) {
        return NativeMemory.guard(() -> {
            INDArray in = staged(staging, inputs, order, from, to);
            INDArray out = inputs == targets ? in : staged(targetStaging, targets, order, from, to);
            network.differentiate(in, out);
            return network.model().score();
        });
    }

    private static INDArray staged(Map<Integer, INDArray> memory, Samples samples, int[] order, int from, int to) {
        INDArray batch = staged(memory, to - from, samples.shape());
        samples.copy(order, from, to, batch.data().asNioFloat());
        NamedArrays.wroteOnHost(batch);
        return batch;
    }

    @Override
    public double loss(Samples inputs, Samples targets, int from, int to) {
        float[] values = inputs.values(from, to);
        float[] wanted = inputs == targets ? values : targets.values(from, to);
        float[] output = reconstruct(values);
        double sum = 0;
        for (int i = 0; i < wanted.length; i++) {
            double difference = (double) output[i] - wanted[i];
            sum += difference * difference;
        }
        return sum / wanted.length;
    }

    @Override
    public float[] reconstruct(float[] values) {
        float[] output = output(values);
        if (loss == Loss.CROSS_ENTROPY) {
            Softmax.apply(
                    output, Math.toIntExact(blueprint.output().layer().output().size()));
        }
        return output;
    }

    /** What the loss layer puts out. */
    private float[] output(float[] values) {
        return applied(values, input -> {
            try (INDArray output = network.output(input)) {
                return NamedArrays.read(output);
            }
        });
    }

    @Override
    public float[] logits(Samples inputs, int from, int to) {
        if (loss != Loss.CROSS_ENTROPY) {
            throw new IllegalStateException("the network is trained by " + loss + ", which is not of a softmax");
        }
        return output(inputs.values(from, to));
    }

    @Override
    public float[] encode(float[] values) {
        String latent = blueprint
                .latent()
                .orElseThrow(() -> new IllegalStateException("the network has no output " + Blueprint.LATENT))
                .name();
        return applied(values, input -> network.made(latent, input));
    }

    /** What comes of samples that are handed over to native memory. */
    private float[] applied(float[] values, Function<INDArray, float[]> pass) {
        int size = Math.toIntExact(blueprint.input().size());
        if (values.length == 0 || values.length % size != 0) {
            throw new IllegalArgumentException(
                    values.length + " values are not whole samples of shape " + blueprint.input());
        }
        return NativeMemory.guard(() -> {
            INDArray batch = staged(staging, values.length / size, blueprint.input());
            NamedArrays.write(values, batch);
            return pass.apply(batch);
        });
    }

    @Override
    public void keep() {
        NativeMemory.guard(() -> {
            if (kept.isEmpty()) {
                kept = Optional.of(network.model().params().dup());
            } else {
                kept.get().assign(network.model().params());
            }
        });
    }

    @Override
    public void restore() {
        INDArray parameters = kept.orElseThrow(() -> new IllegalStateException("no weights were kept"));
        NativeMemory.guard(() -> network.model().setParams(parameters));
    }

    @Override
    public Weights weights() {
        return NativeMemory.guard(() -> network.weights().copy());
    }

    @Override
    public void load(Weights weights) {
        NativeMemory.guard(() -> network.weights().assign(weights));
    }

    /** Which of the network's layers have a oneDNN (or cuDNN) helper: the name of its class, by layer. */
    Map<String, String> helpers() {
        Map<String, String> helpers = new LinkedHashMap<>();
        for (Layer layer : network.layers()) {
            if (layer.getHelper() != null) {
                helpers.put(
                        layer.conf().getLayer().getLayerName(),
                        layer.getHelper().getClass().getSimpleName());
            }
        }
        return helpers;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        kept.ifPresent(INDArray::close);
        kept = Optional.empty();
        for (Map<Integer, INDArray> memory : List.of(staging, targetStaging)) {
            memory.values().forEach(INDArray::close);
            memory.clear();
        }
        network.close();
        NativeMemory.free();
        whenClosed.run();
    }

    /** Native memory for a batch, used again by the next: the library's own way from a float[] goes value by value. */
    private static INDArray staged(Map<Integer, INDArray> memory, int count, Shape shape) {
        long length = count * shape.size();
        INDArray array = memory.get(count);
        if (array == null) {
            if (memory.size() == MAX_STAGED) {
                memory.values().forEach(INDArray::close);
                memory.clear();
            }
            array = Nd4j.createUninitialized(DataType.FLOAT, length);
            memory.put(count, array);
        }
        return array;
    }
}
