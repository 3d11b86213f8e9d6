package org.aevo.train;

import java.util.Map;
import java.util.Optional;
import org.aevo.search.Figure;

/** One division of the samples: those that steps are made on, and those that measure what came of it. */
public interface Fold {

    /** What outputs should be in training. */
    Samples targets();

    /**
     * What goes in in training: as many samples as {@link #targets}, in the same order; those themselves where nothing is
     * done to them.
     *
     * @param seed of the evaluation
     * @param epoch from 1
     */
    Samples inputs(long seed, int epoch);

    /** What measures a network after each epoch; empty where nothing is held out, so that the last epoch's weights count. */
    Optional<Validation> validation();

    /**
     * What else is known of a trained network; none where nothing is measured. Figures that cannot be are left out.
     *
     * @param network with the weights that were kept
     */
    Map<Figure, Double> figures(Network network);
}
