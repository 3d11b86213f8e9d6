package org.aevo.network;

import java.util.OptionalLong;

/**
 * Something that becomes a network for samples of a shape, with how it is trained: a genome, or a network written by hand.
 * Its {@link #toString} is one line, from which it can be read again.
 */
public interface Design {
    Hyperparameters hyperparameters();

    /**
     * The whole network.
     *
     * @throws IllegalArgumentException if its parts do not fit together, or with what it should stand between
     */
    Blueprint unfold(Ends ends);

    /** The whole network of an autoencoder. */
    default Blueprint unfold(Shape samples, Activation outputActivation) {
        return unfold(Ends.autoencoder(samples, outputActivation));
    }

    /** Seed of everything random in its evaluation, where it has one of its own. */
    default OptionalLong seed() {
        return OptionalLong.empty();
    }

    /** The same design, evaluated with any seed. */
    default Design withoutSeed() {
        return this;
    }
}
