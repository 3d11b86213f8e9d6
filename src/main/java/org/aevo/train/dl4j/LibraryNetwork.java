package org.aevo.train.dl4j;

import org.aevo.network.Blueprint;
import org.aevo.train.NetworkPlan;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One of the two kinds of network that Deeplearning4j has: a chain of layers, whose step is the faster, or a graph.
 * Samples come as vectors of the values of whole samples, and are not changed.
 */
interface LibraryNetwork extends AutoCloseable {

    /**
     * A chain where the blueprint is one, unless it is to be trained and cuts the samples first, which the library's chains
     * do not train. It takes no memory for arrays before {@link #init}.
     */
    static LibraryNetwork of(NetworkPlan plan, LayerKit kit) {
        Blueprint blueprint = plan.blueprint();
        boolean chain = blueprint.isChain() && !(kit == LayerKit.OWN && cutsSamples(blueprint));
        return chain ? new ChainNetwork(plan, kit) : new GraphNetwork(plan, kit);
    }

    private static boolean cutsSamples(Blueprint chain) {
        return chain.layers().stream()
                .filter(layer -> !(layer instanceof org.aevo.network.Layer.Reshape))
                .findFirst()
                .filter(layer -> layer instanceof org.aevo.network.Layer.Crop)
                .isPresent();
    }

    /** What the library saves, and what has the weights and gradients in one array each. */
    Model model();

    /** Makes the arrays of its weights; without, it is good for {@link #close} only. */
    void init();

    /** The first half of a step of training: {@link #gradients} are what a pass backward made, {@link Model#score} is the loss. */
    void differentiate(INDArray samples, INDArray targets);

    /**
     * A vector of all gradients, and of what running averages of normalisation are going to fall by; an {@link #update} makes steps
     * of them in place.
     */
    INDArray gradients();

    /** The second half, from gradients to weights. Both are what the library's {@code fit} does, in its order. */
    void update();

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
