package org.aevo.report.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class InputKeysTest {
    @Test
    void keysHaveDottedPaths() {
        assertEquals(
                Map.of("seed", "3", "training.epochs", "20", "space.units", "[16, 512]", "budget.evaluations", "none"),
                InputKeys.of(
                        "seed: 3\ntraining:\n  epochs: 20\nspace: {units: [16, 512]}\nbudget: {evaluations: none}\n"));
    }

    @Test
    void whatIsNoInputHasNoKeys() {
        assertEquals(Map.of(), InputKeys.of(""));
        assertEquals(Map.of(), InputKeys.of("a: [1, 2"));
        assertEquals(Map.of(), InputKeys.of("just a text"));
    }

    @Test
    void dataSpaceTrainingAndOperatorsAreCompared() {
        for (String key : new String[] {
            "data.train",
            "space.units",
            "training.epochs",
            "evolution.sigma",
            "strategy",
            "evaluator.cv",
            "cluster.prefetch"
        }) {
            assertTrue(InputKeys.isCompared(key), key);
        }
        for (String key :
                new String[] {"name", "seed", "mode", "budget.evaluations", "cluster.workers", "record.snapshot-seconds"
                }) {
            assertFalse(InputKeys.isCompared(key), key);
        }
    }
}
