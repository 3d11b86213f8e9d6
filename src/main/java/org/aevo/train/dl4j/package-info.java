/**
 * Deeplearning4j as a training engine, on the CPU with oneDNN or on a GPU with ND4J's CUDA backend. No type of the
 * library leaves this package.
 *
 * <p>Where Deeplearning4j's definitions are not those of {@link org.aevo.network.Layer}, this package makes up the
 * difference: dropout, the loss and its scaling, batch normalisation before the activation.
 */
package org.aevo.train.dl4j;
