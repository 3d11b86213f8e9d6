package org.aevo.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.aevo.genome.GenomeText;
import org.aevo.genome.Unfolding;
import org.junit.jupiter.api.Test;

class TrainingPartsTest {
    private static Blueprint network(int units) {
        return Unfolding.of(
                GenomeText.parse("dense(" + units + ",relu) | latent(2) | upsampling | adam(lr0.001,batch32)"),
                Shape.vector(10),
                Activation.SIGMOID);
    }

    /** Ten inputs, 8 units, a code of 2, and back: multiplications 80 + 16 + 16 + 80. */
    @Test
    void countsWhatAStepAndASampleTake() {
        Blueprint network = network(8);
        double[] parts = TrainingParts.of(network, 32);
        assertArrayEquals(
                new double[] {
                    1,
                    1.0 / 32,
                    network.nodes().size() / 32.0,
                    network.parameters() / 32.0,
                    3 * network.forwardOperations()
                },
                parts,
                1e-12);
        assertEquals(192 + 28, network.parameters(), "weights and biases");
    }

    @Test
    void largerNetworksAndSmallerBatchesTakeLonger() {
        assertTrue(TrainingParts.guessed(network(80), 32) > TrainingParts.guessed(network(8), 32));
        assertTrue(TrainingParts.guessed(network(8), 8) > TrainingParts.guessed(network(8), 32));
    }
}
