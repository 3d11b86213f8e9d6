package org.aevo.train;

import java.util.List;
import java.util.Map;
import org.aevo.search.Criterion;
import org.aevo.search.Figure;

/**
 * What candidates are trained for: what goes into them, what comes out at best, how it is measured, and what of that is
 * the fitness. One objective serves all candidates of a worker; it belongs to the worker's thread.
 */
public interface Objective {

    /** At least one; of several each trains a network of its own. */
    List<Fold> folds();

    /** What training lowers. */
    Loss loss();

    /**
     * What the search lowers; NaN if it stands on a figure that could not be measured. Of several folds it is given means. It
     * is not asked where nothing is held out.
     *
     * @param validationLoss of the epoch that was kept
     * @param parameters trainable numbers of one network
     * @param trainSeconds of gradient steps, of all folds together
     */
    double fitness(double validationLoss, Map<Figure, Double> figures, long parameters, double trainSeconds);

    /** What a search of several objectives lowers, in the order of its input; empty where nothing but the fitness is lowered. */
    default List<Criterion> criteria() {
        return List.of();
    }

    /** Samples are reconstructed, and the validation loss is the fitness. */
    static Objective reconstruction(Samples train, Samples validation) {
        return new Reconstruction(train, validation);
    }
}
