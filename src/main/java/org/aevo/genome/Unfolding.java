package org.aevo.genome;

import java.util.ArrayList;
import java.util.List;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
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
 * <p>Of {@linkplain Shape#isSignal signals} all of these go along their one axis: kernels of 1 by k, steps of s columns.
 */
public final class Unfolding {
    private final Genome genome;
    private final Activation outputActivation;
    private final Wiring wiring;
    /** What each gene of the encoder makes. */
    private final List<Wiring.Output> made = new ArrayList<>();

    private Unfolding(Genome genome, Shape input, Activation outputActivation) {
        this.genome = genome;
        this.outputActivation = outputActivation;
        this.wiring = new Wiring(input);
    }

    /**
     * Unfolds a genome.
     *
     * @param outputActivation of the last layer
     * @throws IllegalArgumentException if the genes do not fit together or with the shape: genes in an order that their
     *     section's role does not have, a spatial gene on a vector, a chain that starts with pooling
     */
    public static Blueprint of(Genome genome, Shape input, Activation outputActivation) {
        return new Unfolding(genome, input, outputActivation).build();
    }

    private Blueprint build() {
        Section encoder = genome.encoder();
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < encoder.size(); i++) {
            shapes.add(wiring.shape());
            encode(encoder.get(i), i);
            made.add(wiring.here());
        }
        shapes.add(wiring.shape());
        wiring.add(new Layer.Dense(Blueprint.LATENT, wiring.shape(), genome.latent(), Activation.IDENTITY, 0));
        if (genome.decoder().isPresent()) {
            new FreeDecoder(genome.decoder().get(), outputActivation, wiring).add();
        } else {
            new MirroredDecoder(encoder, shapes, genome.upscaling(), outputActivation, wiring).add();
        }
        return wiring.blueprint();
    }

    private void encode(Gene gene, int index) {
        if (index > 0 && !Role.ENCODER.mayFollow(genome.encoder().get(index - 1), gene)) {
            throw new IllegalArgumentException("gene " + index + ": a spatial gene cannot follow a dense one");
        }
        if (gene.spatial() && !wiring.input().isImage()) {
            throw new IllegalArgumentException(
                    "gene " + index + ": a spatial gene needs images or signals, the input is " + wiring.input());
        }
        String prefix = "e" + index + "_";
        wiring.join(
                prefix + "join",
                genome.encoder().into(index).stream().map(made::get).toList());
        Shape before = wiring.shape();
        if (gene instanceof Gene.Convolution c) {
            wiring.add(new Layer.Conv(
                    prefix + "conv",
                    before,
                    c.filters(),
                    c.kernel(),
                    c.stride(),
                    c.activation(),
                    c.batchNormalization(),
                    wiring.axes()));
        } else if (gene instanceof Gene.MaxPooling p) {
            if (index == 0) {
                throw new IllegalArgumentException("gene 0: an encoder cannot start with pooling");
            }
            wiring.add(new Layer.MaxPool(prefix + "pool", before, p.size(), wiring.axes()));
        } else if (gene instanceof Gene.Dense d) {
            wiring.add(new Layer.Dense(prefix + "dense", before, d.units(), d.activation(), d.dropout()));
        }
    }
}
