package org.aevo.genome;

import java.util.ArrayList;
import java.util.List;
import org.aevo.network.Activation;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;

/** Search spaces of every family over images and vectors of all sorts. */
public final class Spaces {
    private static final List<Shape> IMAGES = List.of(
            new Shape(1, 28, 28), new Shape(3, 32, 32), new Shape(3, 27, 31), new Shape(2, 7, 5), new Shape(3, 1, 61));

    private Spaces() {}

    /** With default bounds and limits. */
    public static List<SearchSpace> all() {
        List<SearchSpace> spaces = new ArrayList<>();
        for (Shape image : IMAGES) {
            for (Family family : Family.values()) {
                spaces.add(SearchSpace.defaults(family, image, 16));
            }
        }
        spaces.add(SearchSpace.defaults(Family.DENSE, Shape.vector(3), 2));
        spaces.add(SearchSpace.defaults(Family.DENSE, Shape.vector(64), 8));
        return spaces;
    }

    /** The same with limits that most random genomes exceed, and odd steps. */
    public static List<SearchSpace> tight() {
        List<SearchSpace> spaces = new ArrayList<>();
        for (SearchSpace space : all()) {
            spaces.add(space.toBuilder()
                    .maxParameters(
                            space.family() == Family.DENSE ? 25 * space.input().size() + 2000 : 40_000)
                    .maxLayers(9)
                    .maxMemoryBytes(40_000_000)
                    .filters(new IntRange(2, 64))
                    .units(new IntRange(8, 512))
                    .strides(List.of(1, 2, 3))
                    .poolSizes(List.of(2, 3))
                    .upscalings(List.of(Upscaling.DECONVOLUTION))
                    .build());
        }
        return spaces;
    }

    /**
     * Small networks of every kind that there is: of a family, with mirrored or free decoders, over images of even and odd
     * sides, of one row in the middle, and signals; with limits that some exceed.
     *
     * @param skips whether sections may have skips; what draws genomes must have a probability to add them
     */
    public static List<SearchSpace> small(Family family, boolean free, boolean skips) {
        List<SearchSpace> spaces = new ArrayList<>();
        for (Shape shape : List.of(new Shape(1, 8, 8), new Shape(2, 7, 5), new Shape(3, 2, 9), new Shape(2, 1, 23))) {
            SearchSpaceBuilder builder = new SearchSpaceBuilder(family, shape, 3)
                    .maxSkips(skips ? 3 : 0)
                    .filters(new IntRange(1, 9))
                    .kernel(new IntRange(2, 5))
                    .strides(List.of(1, 2, 3))
                    .poolSizes(List.of(2, 3))
                    .units(new IntRange(2, 40))
                    .batchSizes(List.of(4, 8))
                    .maxParameters(6_000)
                    .maxLayers(18)
                    .maxMemoryBytes(3_000_000);
            spaces.add((free ? builder.freeDecoder() : builder).build());
        }
        return spaces;
    }

    /** The same of classifiers of vectors, images and signals into few and many classes. */
    public static List<SearchSpace> classifiers(Family family, boolean skips) {
        List<SearchSpace> spaces = new ArrayList<>();
        int classes = 2;
        for (Shape shape : List.of(new Shape(1, 8, 8), new Shape(2, 7, 5), new Shape(3, 2, 9), new Shape(2, 1, 23))) {
            spaces.add(SearchSpaceBuilder.classifier(family, shape, classes)
                    .headMaxGenes(4)
                    .maxSkips(skips ? 3 : 0)
                    .filters(new IntRange(1, 9))
                    .kernel(new IntRange(2, 5))
                    .strides(List.of(1, 2, 3))
                    .poolSizes(List.of(2, 3))
                    .units(new IntRange(2, 40))
                    .activations(List.of(Activation.RELU, Activation.HARD_SIGMOID, Activation.IDENTITY))
                    .optimizers(List.of(Optimizer.KERAS_RMSPROP, Optimizer.MOMENTUM))
                    .batchSizes(List.of(4, 8))
                    .maxParameters(3_000)
                    .maxLayers(7)
                    .maxMemoryBytes(600_000)
                    .build());
            classes *= 3;
        }
        return spaces;
    }

    /** Few genomes, for tests that enumerate them all. */
    public static SearchSpaceBuilder tiny(Family family, Shape input, int latent) {
        return new SearchSpaceBuilder(family, input, latent)
                .maxGenes(1)
                .filters(new IntRange(1, 2))
                .kernel(new IntRange(1, 2))
                .units(new IntRange(1, 2))
                .activations(List.of(Activation.RELU))
                .dropout(new DoubleRange(0, 0))
                .batchNormalization(false)
                .learningRate(new DoubleRange(0.001, 0.001))
                .batchSizes(List.of(32))
                .optimizers(List.of(Optimizer.ADAM));
    }
}
