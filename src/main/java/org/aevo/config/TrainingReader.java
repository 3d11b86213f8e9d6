package org.aevo.config;

import java.util.OptionalDouble;
import org.aevo.stopping.StoppingSettings;
import org.aevo.train.EngineKind;
import org.aevo.train.TrainingSettings;

/** Reads the section {@code training}. */
final class TrainingReader {
    private static final int MANY = 1_000_000_000;

    private TrainingReader() {}

    /** What the section says. */
    record Read(EngineKind engine, TrainingSettings settings, StoppingSettings stopping) {}

    static Read read(Section s) {
        TrainingSettings d = TrainingSettings.DEFAULT;
        EngineKind engine = s.choice(
                "engine",
                EngineKind.DL4J,
                "the library that trains: Deeplearning4j, or libtorch (PyTorch's C++ library); both build the same networks");
        int epochs = s.integer("epochs", d.maxEpochs(), 1, MANY, "epochs at most");
        int patience = s.integer("patience", d.patience(), 1, MANY, "epochs without improvement that end the training");
        double improvement = s.decimal(
                "min-improvement",
                d.minImprovement(),
                0,
                0.999,
                "share of the best validation loss, of classifiers of the best cross-entropy, that counts as improvement");
        OptionalDouble limit = s.optionalDecimal("time-limit", 0.001, 1e9, "seconds for one candidate");
        double divergence = s.decimal(
                "divergence-factor",
                d.divergenceFactor(),
                1.001,
                1e100,
                "a loss so many times that of the first batch ends the training; where weights are inherited, of the first batch"
                        + " or of outputs that say nothing, whichever is larger");
        int samples =
                s.integer("samples-per-epoch", d.samplesPerEpoch(), 0, MANY, "freshly drawn for each epoch; 0 for all");
        int steps = s.integer(
                "max-steps",
                Math.toIntExact(d.maxSteps()),
                0,
                MANY,
                "gradient steps at most, of each fold; training ends in the middle of an epoch, which is validated like the others; 0 for no bound");
        double decay = s.decimal(
                "weight-decay",
                d.weightDecay(),
                0,
                1,
                "so many times each weight is added to its gradient; not of biases and normalisation");
        TrainingSettings.Kept kept = s.choice(
                "keep",
                d.kept(),
                "whose weights are measured in the end: those of the best epoch on validation samples, or of the last one; patience counts for both");
        StoppingSettings stopping = StoppingReader.read(s, epochs);
        s.end();
        return new Read(
                engine,
                new TrainingSettings(
                        epochs,
                        patience,
                        improvement,
                        limit.orElse(Double.POSITIVE_INFINITY),
                        divergence,
                        samples,
                        steps,
                        decay,
                        kept),
                stopping);
    }
}
