package org.aevo.train.dl4j;

import org.aevo.network.Blueprint;
import org.aevo.network.Hyperparameters;
import org.aevo.train.Loss;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One of the two kinds of network that Deeplearning4j has: a chain of layers, whose step is the faster, or a graph.
 * Samples come as vectors of the values of whole samples, and are not changed.
 */
interface LibraryNetwork extends AutoCloseable {

    /** A chain where the blueprint is one. It takes no memory for arrays before {@link #init}. */
    static LibraryNetwork of(Blueprint blueprint, Loss loss, LayerKit kit, Hyperparameters hyperparameters, long seed) {
        return blueprint.isChain()
                ? new ChainNetwork(new ChainConfiguration(blueprint, loss, kit), hyperparameters, seed)
                : new GraphNetwork(new GraphConfiguration(blueprint, loss, kit), hyperparameters, seed);
    }

    /** What the library saves, and what has the weights and gradients in one array each. */
    Model model();

    /** Makes the arrays of its weights; without, it is good for {@link #close} only. */
    void init();

    /** One step of training; {@link Model#score} is the loss before it. */
    void fit(INDArray samples, INDArray targets);

    /** Reconstructions, in an array that the caller closes. */
    INDArray output(INDArray samples);

    /** What a layer of the blueprint makes of samples, in C order. */
    float[] made(String layer, INDArray samples);

    Layer[] layers();

    /** The weights, by their names here. */
    NamedArrays weights();

    /** Frees the memory of its arrays, whatever it has of them so far. */
    @Override
    void close();
}
