package org.aevo.train.dl4j;

import java.nio.FloatBuffer;
import org.aevo.train.Samples;
import org.aevo.train.StepParts;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The library's flat array of gradients, as it is. Running averages of normalisation are in it: they move by what it says. */
final class LibraryParts implements StepParts {
    private final LibraryNetwork network;
    private final Batches batches;

    /** Does the first half of a step on samples. */
    @FunctionalInterface
    interface Batches {
        /** The loss, as {@link StepParts#gradient}. */
        double differentiate(Samples inputs, Samples targets, int[] order, int from, int to);
    }

    LibraryParts(LibraryNetwork network, Batches batches) {
        this.network = network;
        this.batches = batches;
    }

    @Override
    public double gradient(Samples inputs, Samples targets, int[] order, int from, int to) {
        return batches.differentiate(inputs, targets, order, from, to);
    }

    @Override
    public int size() {
        return NativeMemory.guard(() -> Math.toIntExact(network.gradients().length()));
    }

    @Override
    public void read(int from, float[] values, int count) {
        NativeMemory.guard(() -> {
            at(network.gradients(), from).get(values, 0, count);
        });
    }

    @Override
    public void write(int from, float[] values, int count) {
        NativeMemory.guard(() -> {
            INDArray gradients = network.gradients();
            at(gradients, from).put(values, 0, count);
            NamedArrays.wroteOnHost(gradients);
        });
    }

    private static FloatBuffer at(INDArray vector, int from) {
        FloatBuffer numbers = vector.data().asNioFloat();
        return numbers.position(numbers.position() + from);
    }

    @Override
    public void update() {
        NativeMemory.guard(network::update);
    }
}
