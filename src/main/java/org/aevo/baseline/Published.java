package org.aevo.baseline;

import java.util.List;
import org.aevo.design.HandmadeNetwork;
import org.aevo.network.Shape;

/**
 * The hand-made classifiers that "Asynchronous Evolution of Convolutional Networks" (P. Vidnerová and R. Neruda) holds
 * evolved ones against, on Fashion-MNIST and MNIST: the network files {@code inputs/networks/*-baseline.yaml}.
 */
public final class Published {
    private static final Shape MNIST = new Shape(1, 28, 28);

    private Published() {}

    /**
     * Those for samples of a shape; they have as many outputs as the data have classes.
     *
     * @throws org.aevo.yaml.YamlException if a file was made something else
     */
    public static List<HandmadeNetwork> baselines(Shape shape) {
        return shape.equals(MNIST)
                ? List.of(PackagedNetwork.of("fashion-baseline"), PackagedNetwork.of("mnist-baseline"))
                : List.of();
    }
}
