/**
 * Deeplearning4j as a training engine, on the CPU with oneDNN or on a GPU with ND4J's CUDA backend. No type of the
 * library leaves this package.
 *
 * <p>Where Deeplearning4j's definitions are not those of {@link org.aevo.network.Layer}, this package makes up the
 * difference: dropout, the loss and its scaling, batch normalisation before the activation, sums of inputs of other shapes.
 *
 * <p>The library has two kinds of network. A blueprint that is a chain becomes a MultiLayerNetwork, which is the faster, any
 * other a ComputationGraph of the same layers.
 */
package org.aevo.train.dl4j;
