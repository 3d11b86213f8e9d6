package org.aevo.cli;

import java.nio.file.Files;
import java.util.Optional;
import org.aevo.record.MetricsFile;
import org.aevo.record.ModelMetrics;
import org.aevo.record.RecordException;
import org.aevo.record.RunPaths;

/**
 * What {@code aevo train} left of a run's best candidate.
 *
 * @param metrics empty if it was not trained, or they cannot be read
 * @param problem why they cannot be read
 */
record TrainedModel(Optional<ModelMetrics> metrics, Optional<String> problem) {

    /** Damage is no reason not to tell the rest. */
    static TrainedModel of(RunPaths paths) {
        if (!Files.exists(paths.bestMetrics())) {
            return new TrainedModel(Optional.empty(), Optional.empty());
        }
        try {
            return new TrainedModel(Optional.of(MetricsFile.read(paths.bestMetrics())), Optional.empty());
        } catch (RecordException e) {
            return new TrainedModel(Optional.empty(), Optional.of(e.getMessage()));
        }
    }
}
