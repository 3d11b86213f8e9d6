package org.aevo.task;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aevo.random.Seeds;
import org.aevo.search.Figure;
import org.aevo.train.Fold;
import org.aevo.train.Network;
import org.aevo.train.Samples;
import org.aevo.train.Validation;

/**
 * One division of samples that are classified.
 *
 * @param heldOut what measures networks; empty for nothing
 * @param augmentation of what is trained on
 */
record ClassifierFold(LabelledSamples training, Optional<LabelledSamples> heldOut, Set<Augmentation> augmentation)
        implements Fold {

    @Override
    public Samples targets() {
        return training.targets();
    }

    @Override
    public Samples inputs(long seed, int epoch) {
        return Augmentation.augmented(augmentation, training.samples(), Seeds.of(seed, epoch));
    }

    @Override
    public Optional<Validation> validation() {
        return heldOut.map(LogitValidation::new);
    }

    @Override
    public Map<Figure, Double> figures(Network network) {
        return heldOut.map(samples -> Classify.figures(samples.classified(network)))
                .orElse(Map.of());
    }
}
