package org.aevo.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.aevo.network.Shape;

/** Reads the section {@code evaluator}. */
final class EvaluatorReader {
    private EvaluatorReader() {}

    private enum Kind {
        TRAIN,
        SIMULATED
    }

    private enum Distribution {
        CONSTANT,
        LOGNORMAL,
        RECORDED
    }

    static EvaluatorSettings read(Section s) {
        Kind kind = s.choice(
                "kind",
                Kind.TRAIN,
                "train: real training; simulated: sleeps and invents a fitness, marked in every result");
        Distribution distribution = s.choice("distribution", Distribution.LOGNORMAL, "of simulated durations");
        double mean =
                s.decimal("mean-seconds", 1, 0, 1e6, "mean of simulated durations; 0 to study the dispatch alone");
        double cv = s.decimal("cv", 0.5, 0, 100, "coefficient of variation of lognormal durations");
        Optional<Path> run = s.path("run", "recorded: the directory of a run whose measured durations are drawn from");
        List<Integer> shape = s.integers(
                "shape",
                List.of(1, 28, 28),
                1,
                1 << 20,
                "channels, height, width of the samples a simulation pretends to have; of 10 classes, where they are classified");
        s.end();
        if (shape.size() != 3) {
            throw s.error("shape", "must be [channels, height, width], was " + shape);
        }
        if (kind == Kind.TRAIN) {
            return new EvaluatorSettings.Training();
        }
        if (distribution == Distribution.RECORDED && run.isEmpty()) {
            throw s.error("distribution", "needs evaluator.run: the directory of a run");
        }
        EvaluatorSettings.Durations durations =
                switch (distribution) {
                    case CONSTANT -> new EvaluatorSettings.Durations.Constant(mean);
                    case LOGNORMAL -> new EvaluatorSettings.Durations.LogNormal(mean, cv);
                    case RECORDED -> new EvaluatorSettings.Durations.Recorded(run.orElseThrow());
                };
        return new EvaluatorSettings.Simulated(durations, new Shape(shape.get(0), shape.get(1), shape.get(2)));
    }
}
