package org.aevo.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.aevo.network.Shape;
import org.aevo.task.Embed;
import org.aevo.task.Fitness;
import org.aevo.train.Loss;
import org.aevo.train.Samples;
import org.junit.jupiter.api.Test;

class TestSetTest {
    /** Samples whose neighbourhoods fit no heap; nobody comes to ask for them. */
    private static Part large() {
        Samples samples = new Samples(new Shape(3, 20_000, 20_000), 1000, (order, from, to, target) -> {
            throw new AssertionError("copied");
        });
        return new Part(samples, Optional.empty());
    }

    @Test
    void howToGiveThisProcessMoreHeapIsSaid() {
        Embed task = new Embed(5, Loss.MSE, Fitness.VALIDATION_LOSS, 1000);
        String problem = new TestSet(task, large(), large(), 1).problem().orElseThrow();
        assertTrue(problem.contains("figures of 1000 samples of ") && problem.contains(" MiB of heap ("), problem);
        assertTrue(problem.endsWith(": enlarge it with AEVO_JAVA_OPTIONS=-Xmx8g, say."), problem);
        assertFalse(problem.contains("worker"), problem);
    }
}
