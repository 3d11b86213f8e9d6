package org.aevo.train.dl4j;

import java.io.IOException;
import java.nio.file.Path;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Hyperparameters;
import org.aevo.search.Weights;
import org.aevo.train.Loss;
import org.aevo.train.NetworkPlan;
import org.deeplearning4j.util.ModelSerializer;

/**
 * A trained network as any program with Deeplearning4j can restore it, a chain with {@code
 * ModelSerializer.restoreMultiLayerNetwork}, a graph with {@code restoreComputationGraph}: it is made of the library's own
 * layers and vertices. Images go in and come out as {@code
 * [batch, channels, rows, columns]}, vectors and probabilities of classes as {@code [batch, values]}. Its loss is the
 * library's mean squared error, whatever it was trained with here, or a classifier's the library's cross-entropy; its
 * optimizer is the one of the library that comes nearest.
 */
public final class PlainModel {
    private PlainModel() {}

    /**
     * Writes it.
     *
     * @param weights that either engine trained
     * @throws IOException if the file cannot be written
     * @throws IllegalArgumentException if the library has no such layer, or the weights are another network's
     * @throws IllegalStateException if the library cannot be loaded
     */
    public static void write(Path file, Blueprint blueprint, Hyperparameters hyperparameters, Weights weights)
            throws IOException {
        Loss loss = blueprint.outputActivation() == Activation.SOFTMAX ? Loss.CROSS_ENTROPY : Loss.MSE;
        NetworkPlan plan = NetworkPlan.of(blueprint, hyperparameters, 0).with(loss);
        try (Dl4jEngine engine = new Dl4jEngine();
                LibraryNetwork network = LibraryNetwork.of(plan, LayerKit.LIBRARY)) {
            NativeMemory.guard(() -> {
                network.init();
                network.weights().assign(weights);
            });
            ModelSerializer.writeModel(network.model(), file.toFile(), false);
        }
    }
}
