package org.aevo.genome;

import java.util.List;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Ends;
import org.aevo.network.Layer;
import org.aevo.network.Shape;

/**
 * From a genome to the network that it describes, for samples of one shape: the encoder's genes, the dense bottleneck
 * (layer {@value Blueprint#LATENT}, identity activation), and a decoder. The last layer's output has exactly the input's
 * shape and the output activation.
 *
 * <p>The mirror of a dense gene is a dense layer; of the step from image to vector, a dense layer and a reshape; of a
 * convolution of stride s, for {@link Upscaling#UPSAMPLING} an upsampling by s (for s &gt; 1), a crop where the side is
 * no multiple of s, and a convolution, for {@link Upscaling#DECONVOLUTION} a transposed convolution of that stride and
 * the crop (a convolution for s = 1, which is the same thing); of a max pooling, an upsampling or a transposed
 * convolution of kernel and stride {@code size} with the activation of the convolution before the pooling. Mirrored
 * layers repeat kernel, activation, dropout and batch normalisation of their original.
 *
 * <p>A free decoder is its dense genes; if it has spatial ones, a dense layer and a reshape into an image of as many
 * channels as the first of them has filters, with its activation, whose sides are those of the input divided by the
 * factors of all, in turn and rounded up; then these, each cut back to the sides that are then due; and an output layer:
 * a convolution with the last one's kernel and stride 1, or, without spatial genes, a dense layer and a reshape.
 *
 * <p>A skip is a join before the gene that it leads to, which adds the outputs of those that it comes from, as they are
 * after activation, dropout and crop. Of an encoder's skip from i to j, a mirrored decoder adds what the mirror of j makes
 * to what goes into the mirror of i. What goes into the first spatial gene of a free decoder is the reshaped image.
 *
 * <p>A classifier is its features, its head, and a dense layer with softmax and a unit for each class; it has no output that
 * is a code.
 *
 * <p>Of {@linkplain Shape#isSignal signals} all of these go along their one axis: kernels of 1 by k, steps of s columns.
 */
public final class Unfolding {
    private Unfolding() {}

    /**
     * Unfolds the genome of an autoencoder.
     *
     * @param outputActivation of the last layer
     * @throws IllegalArgumentException as {@link #of(Genome, Ends)}
     */
    public static Blueprint of(Genome genome, Shape input, Activation outputActivation) {
        return of(genome, Ends.autoencoder(input, outputActivation));
    }

    /**
     * Unfolds a genome.
     *
     * @throws IllegalArgumentException if the genes do not fit together or with the shape: genes in an order that their
     *     section's role does not have, a spatial gene on a vector, a chain that starts with pooling; or if a classifier
     *     should stand where an autoencoder has to, or the other way round
     */
    public static Blueprint of(Genome genome, Ends ends) {
        if (genome.classifies() != ends.classify()) {
            throw new IllegalArgumentException(
                    genome.classifies()
                            ? "the genome is a classifier's (features | head | softmax), which makes no "
                                    + ends.output() + " of samples: autoencoders have an encoder and a decoder"
                            : "the genome is an autoencoder's (encoder | latent | decoder), which tells no "
                                    + ends.output().size() + " classes apart: classifiers have features and a head");
        }
        Wiring wiring = new Wiring(ends.input());
        if (genome.classifies()) {
            classifier(genome, ends, wiring);
        } else {
            autoencoder(genome, ends, wiring);
        }
        return wiring.blueprint();
    }

    private static void autoencoder(Genome genome, Ends ends, Wiring wiring) {
        Section encoder = genome.encoder();
        List<Shape> shapes = SectionLayers.add(Role.ENCODER, encoder, wiring);
        wiring.add(new Layer.Dense(Blueprint.LATENT, wiring.shape(), genome.latent(), Activation.IDENTITY, 0));
        if (genome.decoder().isPresent()) {
            new FreeDecoder(genome.decoder().get(), ends.outputActivation(), wiring).add();
        } else {
            new MirroredDecoder(encoder, shapes, genome.upscaling(), ends.outputActivation(), wiring).add();
        }
    }

    private static void classifier(Genome genome, Ends ends, Wiring wiring) {
        genome.sections().forEach((role, section) -> SectionLayers.add(role, section, wiring));
        wiring.add(new Layer.Dense(
                Blueprint.OUTPUT, wiring.shape(), Wiring.units(ends.output()), ends.outputActivation(), 0));
    }
}
