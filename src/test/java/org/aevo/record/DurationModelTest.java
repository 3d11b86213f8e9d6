package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.aevo.genome.Family;
import org.aevo.genome.GenomeText;
import org.aevo.genome.SearchSpace;
import org.aevo.network.Blueprint;
import org.aevo.network.Shape;
import org.junit.jupiter.api.Test;

class DurationModelTest {
    private static final SearchSpace SPACE = SearchSpace.defaults(Family.DENSE, new Shape(1, 28, 28), 8);

    private static Blueprint network(int units) {
        return SPACE.blueprint(
                GenomeText.parse("dense(" + units + ",relu) | latent(8) | upsampling | adam(lr0.01,batch32)"));
    }

    @Test
    void moreOperationsAndSmallerBatchesAreExpectedToTakeLonger() {
        DurationModel model = new DurationModel();
        assertTrue(model.expected(network(200), 32) > model.expected(network(20), 32));
        assertTrue(model.expected(network(20), 8) > model.expected(network(20), 64));
    }

    /** On a machine where a step costs a second, whatever it computes, the guess is in the wrong order. */
    @Test
    void whatWasMeasuredCorrectsTheGuess() {
        DurationModel model = new DurationModel();
        Blueprint large = network(250);
        Blueprint small = network(10);
        assertTrue(model.expected(large, 64) > model.expected(small, 32));
        for (int i = 0; i < DurationModel.FEWEST; i++) {
            int batch = 16 << i % 4;
            model.learn(network(10 + 60 * (i / 4 % 5)), batch, 1.0 / batch);
        }
        assertEquals(1.0 / 64, model.expected(large, 64), 1e-6);
        assertEquals(1.0 / 32, model.expected(small, 32), 1e-6);
    }

    /** Until the fit orders better, the guess is in the unit of what was measured. */
    @Test
    void aGuessThatIsInOrderKeepsItsOrderInSeconds() {
        DurationModel model = new DurationModel();
        double before = model.expected(network(100), 32);
        for (int i = 0; i < DurationModel.FEWEST; i++) {
            Blueprint network = network(10 + 5 * i);
            model.learn(network, 32, 7 * new DurationModel().expected(network, 32));
        }
        assertEquals(7 * before, model.expected(network(100), 32), 1e-6 * before);
    }
}
