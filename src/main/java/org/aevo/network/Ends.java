package org.aevo.network;

/**
 * What a network stands between: samples that go in, and what has to come out for each.
 *
 * @param input shape of a sample
 * @param output shape of what comes out: an autoencoder's is the input's, a classifier's a vector with a value for each class
 * @param outputActivation of the last layer, where the design leaves that open
 */
public record Ends(Shape input, Shape output, Activation outputActivation) {
    public Ends {
        Require.given("input shape", input);
        Require.given("output shape", output);
        Require.given("output activation", outputActivation);
    }

    /** What goes in should come out. */
    public static Ends autoencoder(Shape samples, Activation outputActivation) {
        return new Ends(samples, samples, outputActivation);
    }

    /**
     * A probability for each class comes out.
     *
     * @param classes at least 2
     */
    public static Ends classifier(Shape samples, int classes) {
        Require.atLeast(2, "classes", classes);
        return new Ends(samples, Shape.vector(classes), Activation.SOFTMAX);
    }

    /** Whether probabilities of classes come out. */
    public boolean classify() {
        return outputActivation == Activation.SOFTMAX;
    }
}
