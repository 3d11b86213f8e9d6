package org.aevo.train.dl4j;

import org.aevo.train.NetworkPlan;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One of the two kinds of network that Deeplearning4j has: a chain of layers, whose step is the faster, or a graph.
 * Samples come as vectors of the values of whole samples, and are not changed.
 */
interface LibraryNetwork extends AutoCloseable {

    /** A chain where the blueprint is one. It takes no memory for arrays before {@link #init}. */
    static LibraryNetwork of(NetworkPlan plan, LayerKit kit) {
        return plan.blueprint().isChain() ? new ChainNetwork(plan, kit) : new GraphNetwork(plan, kit);
    }

    /** What the library saves, and what has the weights and gradients in one array each. */
    Model model();

    /** Makes the arrays of its weights; without, it is good for {@link #close} only. */
    void init();

    /** One step of training; {@link Model#score} is the loss before it. */
    void fit(INDArray samples, INDArray targets);

    /** What its loss layer puts out, in an array that the caller closes. */
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
