package org.aevo.task;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.aevo.random.Seeds;
import org.aevo.search.Figure;
import org.aevo.train.Autoencoder;
import org.aevo.train.Objective;
import org.aevo.train.Samples;

/** What autoencoders are evolved for: samples come out as they went in, or as they were before they were corrupted. */
public sealed interface AutoencoderTask extends Task permits Reconstruct, Denoise, Embed {

    /** At most so many validation samples are looked at for figures: the first ones, which are random ones. */
    int figureSamples();

    /** What is done to inputs; empty where they are the targets. */
    default Optional<Corruption> corruption() {
        return Optional.empty();
    }

    /** Nothing but the validation loss is measured, and that is what is lowered. */
    @Override
    default Objective training(TaskData data) {
        return new TaskObjective(this, data, Fitness.VALIDATION_LOSS, model -> Map.of());
    }

    /**
     * What is measured of a model on the test samples, whatever the fitness stands on.
     *
     * @param data with the test samples in the place of those for validation
     * @throws IllegalArgumentException if there are too few samples, or too little heap in this process
     */
    Function<Autoencoder, Map<Figure, Double>> testFigures(TaskData data);

    /**
     * What goes in for validation samples: the same for every candidate, run and method.
     *
     * @param seed of the data
     */
    default Samples validationInputs(Samples clean, long seed) {
        return fixed(clean, seed, 1);
    }

    /**
     * What goes in for test samples, likewise.
     *
     * @param seed of the data
     */
    default Samples testInputs(Samples clean, long seed) {
        return fixed(clean, seed, 2);
    }

    private Samples fixed(Samples clean, long seed, int stream) {
        return corruption()
                .map(corruption -> corruption.corrupted(clean, Seeds.of(seed, stream)))
                .orElse(clean);
    }
}
