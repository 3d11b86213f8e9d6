package org.aevo.train;

import java.util.List;
import java.util.Map;
import org.aevo.genome.Blueprint;
import org.aevo.genome.Hyperparameters;

/**
 * A library that trains networks. Engines are interchangeable: each builds every layer of a {@link Blueprint} by the
 * definitions in {@link org.aevo.genome.Layer} and starts from the same {@link InitialWeights}.
 *
 * <p>An engine and its networks belong to one thread, and one network is open at a time: libraries keep memory and
 * random state per thread.
 */
public interface Engine extends AutoCloseable {

    /** As in the input file: {@code dl4j}. */
    String name();

    /** What computes: {@code cpu}, or a GPU's name. */
    String device();

    /** Threads that it computes with on a CPU. */
    int threads();

    /** Begins to measure {@link #peakDeviceMemory} anew. */
    default void markDeviceMemory() {}

    /**
     * Bytes of the most memory of a GPU that were allocated at once since {@link #markDeviceMemory}; NaN on a CPU, and where
     * the library does not tell.
     */
    default double peakDeviceMemory() {
        return Double.NaN;
    }

    /** Versions of the libraries and natives in use, by name, in a fixed order. */
    Map<String, String> libraries();

    /** Tries what the engine's speed and correctness stand on; takes a second or two. */
    List<SelfCheck> selfCheck();

    /** One that is trained by the mean squared error, see {@link #build(Blueprint, Hyperparameters, Loss, long)}. */
    default Network build(Blueprint blueprint, Hyperparameters hyperparameters, long seed) {
        return build(blueprint, hyperparameters, Loss.MSE, seed);
    }

    /**
     * Builds a network with {@link InitialWeights}.
     *
     * @param loss that its steps lower
     * @param seed of everything random in the network: the same seed gives the same training, whatever was trained
     *     before
     * @throws IllegalArgumentException if there is no such network, or the loss is not of its outputs
     * @throws OutOfMemoryError if heap, native or device memory does not suffice; nothing stays allocated
     */
    Network build(Blueprint blueprint, Hyperparameters hyperparameters, Loss loss, long seed);

    @Override
    void close();
}
