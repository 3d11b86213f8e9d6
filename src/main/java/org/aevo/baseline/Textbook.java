package org.aevo.baseline;

import java.util.List;
import org.aevo.design.HandmadeNetwork;
import org.aevo.network.Shape;

/**
 * The autoencoders that one would write down without a search: those of F. Chollet's tutorials, whose sizes many others
 * repeat, with a dense bottleneck of the run's size. They are the network files {@code inputs/networks/textbook-*.yaml} of
 * this installation, and the copies in the jar where there is no such folder.
 */
public final class Textbook {
    private static final String DENSE = "dense";
    private static final List<String> OF_IMAGES = List.of(DENSE, "convolutional", "mixed");
    private static final int SMALLEST_SIDE = 2;

    private Textbook() {}

    /** The families that samples of a shape can have, as in an input's {@code space.family}. */
    public static List<String> families(Shape shape) {
        return shape.side() >= SMALLEST_SIDE ? OF_IMAGES : List.of(DENSE);
    }

    /**
     * The one of a family.
     *
     * @param latent units of the bottleneck
     * @throws org.aevo.yaml.YamlException if its file was made something else
     */
    public static HandmadeNetwork network(String family, int latent) {
        return PackagedNetwork.of("textbook-" + family).withCode(latent);
    }
}
