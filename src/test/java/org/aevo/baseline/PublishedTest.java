package org.aevo.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.aevo.design.HandmadeNetwork;
import org.aevo.network.Ends;
import org.aevo.network.Shape;
import org.junit.jupiter.api.Test;

class PublishedTest {
    private static final Shape MNIST = new Shape(1, 28, 28);

    private static List<Long> parameters(int classes) {
        return Published.baselines(MNIST).stream()
                .map(network -> network.unfold(Ends.classifier(MNIST, classes)).parameters())
                .toList();
    }

    /** Of other data of that shape the last layer, of 128 inputs each, has as many units as these have classes. */
    @Test
    void theyServeAnyNumberOfClasses() {
        assertEquals(List.of(356_234L, 600_810L), parameters(10));
        assertEquals(List.of(356_234L + 16 * 129, 600_810L + 16 * 129), parameters(26));
        assertEquals(
                List.of("fashion-baseline", "mnist-baseline"),
                Published.baselines(MNIST).stream().map(HandmadeNetwork::name).toList());
    }

    @Test
    void samplesOfOtherShapesHaveNone() {
        for (Shape shape : List.of(new Shape(3, 32, 32), new Shape(1, 28, 27), Shape.vector(784))) {
            assertEquals(List.of(), Published.baselines(shape));
        }
    }
}
