package org.aevo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.aevo.train.EngineKind;
import org.aevo.train.TrainingSettings;
import org.aevo.train.TrainingSettings.Kept;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingReaderTest {
    private static RunConfig config(String training) {
        return RunConfig.parse("budget: {evaluations: 50}\ntraining: {" + training + "}\n", "in.yaml");
    }

    @Test
    void defaults() {
        assertEquals(TrainingSettings.DEFAULT, config("").training());
        assertEquals(EngineKind.DL4J, config("").engine());
    }

    /** As K. He and others trained, and as E. Real and others did, in steps. */
    @Test
    void aScheduleOfOthers() {
        RunConfig config = config("engine: torch, epochs: 1000, patience: 1000, min-improvement: 0, time-limit: 60,"
                + " divergence-factor: 10, samples-per-epoch: 20, max-steps: 25600, weight-decay: 0.0001, keep: last");
        TrainingSettings expected = new TrainingSettings(1000, 1000, 0, 60, 10, 20, 25600, 1e-4, Kept.LAST);
        assertEquals(expected, config.training());
        RunConfig again = RunConfig.parse(config.effective().yaml(), "effective.yaml");
        assertEquals(expected, again.training());
        assertEquals(EngineKind.TORCH, again.engine());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
            max-steps: -1; training.max-steps must be a whole number from 0 to 1000000000, was -1
            max-steps: 1.5; training.max-steps must be a whole number
            weight-decay: -0.1; training.weight-decay must be a number from 0 to 1, was -0.1
            weight-decay: 2; training.weight-decay must be a number from 0 to 1, was 2
            keep: first; training.keep must be one of best, last, was 'first'
            decay: 0.1; unknown key 'training.decay'
            """)
    void refused(String training, String problem) {
        String message =
                assertThrows(InputException.class, () -> config(training)).getMessage();
        assertTrue(message.contains(problem), message);
        assertTrue(message.startsWith("in.yaml:2:"), message);
    }
}
