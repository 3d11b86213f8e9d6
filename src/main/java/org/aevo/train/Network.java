package org.aevo.train;

import org.aevo.search.Weights;

/**
 * A network in training: inputs and the targets that its outputs should be. Those of an autoencoder are the same samples
 * unless it learns to undo something, and losses are means over samples, channels, rows and columns, the same for vectors and
 * images; those of a classifier say the class of each sample, and a loss is the mean over samples. What only one of the two
 * can do is said.
 *
 * <p>Every method throws {@link OutOfMemoryError} if heap, native or device memory does not suffice; the network is
 * then good for {@link #close} only.
 */
public interface Network extends Autoencoder, AutoCloseable {

    /** Trainable numbers. */
    long parameters();

    /**
     * One gradient step on the samples {@code order[from]} to {@code order[to - 1]}.
     *
     * @param inputs which may be the targets themselves
     * @param targets as many samples of the output's shape
     * @return the batch's {@link Loss} before the step, with dropout and with the batch's own normalisation
     */
    double step(Samples inputs, Samples targets, int[] order, int from, int to);

    /** One that makes a network reconstruct what goes in. */
    default double step(Samples samples, int[] order, int from, int to) {
        return step(samples, samples, order, from, to);
    }

    /**
     * Its steps in two parts.
     *
     * @throws UnsupportedOperationException if it trains alone only
     */
    default StepParts parts() {
        throw new UnsupportedOperationException("this network trains alone only");
    }

    /**
     * The mean squared error over samples {@code from} to {@code to - 1}, whatever steps lower; without dropout and with
     * the running normalisation.
     *
     * @param inputs which may be the targets themselves
     * @param targets as many samples of the output's shape
     */
    double loss(Samples inputs, Samples targets, int from, int to);

    /** That of reconstructions. */
    default double loss(Samples samples, int from, int to) {
        return loss(samples, samples, from, to);
    }

    /**
     * What goes into the softmax at a classifier's end; without dropout and with the running normalisation.
     *
     * @return in C order [sample, class]
     * @throws IllegalStateException if the network is not trained by {@link Loss#CROSS_ENTROPY}
     */
    float[] logits(Samples inputs, int from, int to);

    /** Keeps a copy of the present weights, in place of the last one kept. */
    void keep();

    /**
     * Goes back to the weights kept.
     *
     * @throws IllegalStateException if none were kept
     */
    void restore();

    /**
     * A copy of the present weights, layer by layer:
     *
     * <pre>
     * dense    W [in, out], b [out]
     * conv     W [out, in, row, column], b [out]; cross-correlation
     * deconv   W [in, out, row, column], b [out]; the gradient of a cross-correlation from out to in
     * both, normalised   gamma, beta, mean, var [out] too
     * </pre>
     */
    Weights weights();

    /**
     * Takes these weights in place of its own.
     *
     * @throws IllegalArgumentException if names or shapes are not those of {@link #weights}
     */
    void load(Weights weights);

    /** Frees all memory. A second call does nothing. */
    @Override
    void close();
}
