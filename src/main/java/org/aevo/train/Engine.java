package org.aevo.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A library that trains networks. Engines are interchangeable: each builds every layer of a {@link
 * org.aevo.network.Blueprint} by the
 * definitions in {@link org.aevo.network.Layer} and starts from the same {@link InitialWeights}.
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

    /** Why it would not build a network, in one line, if it would not; from the plan alone, nothing is allocated. */
    default Optional<String> refusal(NetworkPlan plan) {
        return plan.refusal();
    }

    /**
     * Builds a network.
     *
     * @throws IllegalArgumentException with the reason if there is a {@link #refusal}
     * @throws OutOfMemoryError if heap, native or device memory does not suffice; nothing stays allocated
     */
    Network build(NetworkPlan plan);

    @Override
    void close();
}
