package org.aevo.train;

/** What becomes of a learning rate where several ranks train a network together. */
public enum LearningRateRule {
    /** Nothing: the ranks share the batch that one would have. */
    CONSTANT,
    /** It is multiplied by the square root of the number of ranks (Krizhevsky 2014). */
    SQUARE_ROOT,
    /** It is multiplied by the number of ranks (Goyal et al. 2017). */
    LINEAR;

    /**
     * What the learning rate is multiplied by.
     *
     * @param ranks that train together, at least 1
     */
    public double factor(int ranks) {
        return switch (this) {
            case CONSTANT -> 1;
            case SQUARE_ROOT -> Math.sqrt(ranks);
            case LINEAR -> ranks;
        };
    }
}
