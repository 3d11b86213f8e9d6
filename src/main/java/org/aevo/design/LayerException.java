package org.aevo.design;

/** Something wrong with one layer of a network; files say on which line that is. */
final class LayerException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String layer;
    private final String problem;

    /** @param layer its name, or {@link org.aevo.network.Blueprint#INPUT} for what is said of the samples */
    LayerException(String layer, String problem) {
        super("layer '" + layer + "': " + problem);
        this.layer = layer;
        this.problem = problem;
    }

    String layer() {
        return layer;
    }

    String problem() {
        return problem;
    }
}
