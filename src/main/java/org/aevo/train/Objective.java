package org.aevo.train;

import java.util.Map;
import org.aevo.search.Figure;

/**
 * What candidates are trained for: what goes into them, what comes out at best, how it is measured, and what of that is
 * the fitness. One objective serves all candidates of a worker; it belongs to the worker's thread.
 */
public interface Objective {

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

    /** What outputs should be on the samples that measure the fitness. */
    Samples validationTargets();

    /** What goes in there: the same for every candidate and epoch. */
    Samples validationInputs();

    /** What training lowers. Validation is measured by the mean squared error, whatever it is. */
    Loss loss();

    /**
     * What else is known of a trained network; none where nothing is measured. Figures that cannot be are left out.
     *
     * @param network with the weights of its best epoch
     */
    Map<Figure, Double> figures(Network network);

    /**
     * What the search lowers; NaN if it stands on a figure that could not be measured.
     *
     * @param validationLoss of the best epoch
     * @param parameters trainable numbers
     * @param trainSeconds of gradient steps
     */
    double fitness(double validationLoss, Map<Figure, Double> figures, long parameters, double trainSeconds);

    /** Samples are reconstructed, and the validation loss is the fitness. */
    static Objective reconstruction(Samples train, Samples validation) {
        return new Reconstruction(train, validation);
    }
}
