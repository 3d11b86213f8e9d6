package org.aevo.train;

/** What can be measured as an autoencoder is: a {@link Network}, or something simpler to hold one against. */
public interface Autoencoder {

    /**
     * What comes out for samples; of a network without dropout and with the running normalisation.
     *
     * @param values whole samples in C order [sample, channel, row, column]
     * @return as many values in the same order
     */
    float[] reconstruct(float[] values);

    /**
     * The codes of samples: the output of the bottleneck, as {@link #reconstruct} makes it on its way.
     *
     * @param values whole samples in C order [sample, channel, row, column]
     * @return in C order [sample, value of the code]
     * @throws IllegalStateException if there is no bottleneck
     */
    float[] encode(float[] values);
}
