package org.aevo.network;

/**
 * What an epoch of a network's training consists of, by sample: something for the sample as such, something for each step, its layers and
 * the update of its parameters, and the sample's operations. What a run's parts take can be fitted to what was measured; what they take
 * before anything was is guessed, from processor cores of today. For one thread.
 */
public final class TrainingParts {
    /** Forward, and twice that back. */
    private static final int PASSES = 3;

    /** Seconds of a part. */
    private static final double[] GUESS = {0, 3e-4, 5e-5, 1e-9, 2e-10};

    private TrainingParts() {}

    /**
     * How much of each part there is.
     *
     * @param batch samples of a step
     */
    public static double[] of(Blueprint network, int batch) {
        double steps = 1.0 / batch;
        return new double[] {
            1, steps, steps * network.nodes().size(), steps * network.parameters(), PASSES * network.forwardOperations()
        };
    }

    /** Seconds that each part is guessed to take. */
    public static double[] guess() {
        return GUESS.clone();
    }

    /** Seconds that a sample is guessed to take: positive, and the same wherever it is asked. */
    public static double guessed(Blueprint network, int batch) {
        double[] parts = of(network, batch);
        double sum = 0;
        for (int i = 0; i < GUESS.length; i++) {
            sum += GUESS[i] * parts[i];
        }
        return sum;
    }
}
