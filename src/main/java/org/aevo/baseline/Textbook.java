package org.aevo.baseline;

import java.util.ArrayList;
import java.util.List;
import org.aevo.genome.Family;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.Upscaling;
import org.aevo.network.Activation;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;

/**
 * The autoencoders that one would write down without a search: those of F. Chollet's tutorials, whose sizes many others
 * repeat, with a dense bottleneck of the run's size. All train with Adam at its usual rate of 0.001, in batches of 128.
 *
 * <pre>
 * dense          128, 64: "Building autoencoders in Keras" (The Keras Blog, 2016), deep autoencoder
 * convolutional  16 and 8 filters of 3x3, each with max pooling, upsampling back: the same, convolutional autoencoder,
 *                with two of its three stages, for its third has no more room than the bottleneck
 * mixed          32 and 64 filters of 3x3 with stride 2, a dense layer, transposed convolutions back: "Variational
 *                autoencoder" (Keras code examples, 2020; Deep Learning with Python, 2nd edition, 2021, 12.4), with 128
 *                units in the dense layer, for bottlenecks here are wider than its two
 * </pre>
 */
public final class Textbook {
    private static final Hyperparameters TRAINING = new Hyperparameters(Optimizer.ADAM, 1e-3, 128);
    private static final int SMALLEST_SIDE = 2;

    private Textbook() {}

    /** The families that samples of a shape can have. */
    public static List<Family> families(Shape shape) {
        List<Family> families = new ArrayList<>(List.of(Family.DENSE));
        if (shape.side() >= SMALLEST_SIDE) {
            families.add(Family.CONVOLUTIONAL);
            families.add(Family.MIXED);
        }
        return families;
    }

    /**
     * The one of a family.
     *
     * @throws IllegalArgumentException if samples of that shape cannot have it
     */
    public static Genome genome(Family family, Shape shape, int latent) {
        if (!families(shape).contains(family)) {
            throw new IllegalArgumentException(
                    "no autoencoder of family " + family + " for samples of " + shape + ": they are no images");
        }
        return switch (family) {
            case DENSE ->
                new Genome(
                        List.of(new Gene.Dense(128, Activation.RELU, 0), new Gene.Dense(64, Activation.RELU, 0)),
                        latent,
                        Upscaling.UPSAMPLING,
                        TRAINING);
            case CONVOLUTIONAL ->
                new Genome(
                        List.of(convolution(16, 1), new Gene.MaxPooling(2), convolution(8, 1), new Gene.MaxPooling(2)),
                        latent,
                        Upscaling.UPSAMPLING,
                        TRAINING);
            case MIXED ->
                new Genome(
                        List.of(convolution(32, 2), convolution(64, 2), new Gene.Dense(128, Activation.RELU, 0)),
                        latent,
                        Upscaling.DECONVOLUTION,
                        TRAINING);
        };
    }

    private static Gene convolution(int filters, int stride) {
        return new Gene.Convolution(filters, 3, stride, Activation.RELU, false);
    }
}
