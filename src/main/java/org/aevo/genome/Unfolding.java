package org.aevo.genome;

import java.util.ArrayList;
import java.util.List;
import org.aevo.network.Activation;
import org.aevo.network.Axes;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.network.Shape;

/**
 * From a genome to the network that it describes, for samples of one shape: the encoder's genes, the dense bottleneck
 * (layer {@value Blueprint#LATENT}, identity activation), and the encoder's mirror image. The last layer's output has
 * exactly the input's shape and the output activation.
 *
 * <p>The mirror of a dense gene is a dense layer; of the step from image to vector, a dense layer and a reshape; of a
 * convolution of stride s, for {@link Upscaling#UPSAMPLING} an upsampling by s (for s &gt; 1), a crop where the side is
 * no multiple of s, and a convolution, for {@link Upscaling#DECONVOLUTION} a transposed convolution of that stride and
 * the crop (a convolution for s = 1, which is the same thing); of a max pooling, an upsampling or a transposed
 * convolution of kernel and stride {@code size} with the activation of the convolution before the pooling. Mirrored
 * layers repeat kernel, activation, dropout and batch normalisation of their original.
 *
 * <p>Of {@linkplain Shape#isSignal signals} all of these go along their one axis: kernels of 1 by k, steps of s columns.
 */
public final class Unfolding {
    private final Genome genome;
    private final Shape input;
    private final Axes axes;
    private final Activation outputActivation;
    private final List<Layer> layers = new ArrayList<>();
    /** Shape before each gene, and after the last. */
    private final List<Shape> shapes = new ArrayList<>();

    private Shape current;
    private int mirrored;

    private Unfolding(Genome genome, Shape input, Activation outputActivation) {
        this.genome = genome;
        this.input = input;
        this.axes = Axes.of(input);
        this.outputActivation = outputActivation;
        this.current = input;
    }

    /**
     * Unfolds a genome.
     *
     * @param outputActivation of the last layer
     * @throws IllegalArgumentException if the genes do not fit together or with the shape: a spatial gene after a dense
     *     one or on a vector, a chain that starts with pooling
     */
    public static Blueprint of(Genome genome, Shape input, Activation outputActivation) {
        return new Unfolding(genome, input, outputActivation).build();
    }

    private Blueprint build() {
        List<Gene> genes = genome.encoder();
        for (int i = 0; i < genes.size(); i++) {
            shapes.add(current);
            encode(genes.get(i), i);
        }
        Shape coded = current;
        shapes.add(coded);
        add(new Layer.Dense(Blueprint.LATENT, current, genome.latent(), Activation.IDENTITY, 0));

        int lastDense = genes.size() - 1;
        while (lastDense >= 0 && !genes.get(lastDense).spatial()) {
            lastDense--;
        }
        int firstDense = lastDense + 1;
        // A dense gene's mirror has as many units as the gene; the layer back to its input is the next mirror's.
        for (int i = genes.size() - 1; i >= firstDense; i--) {
            Gene.Dense gene = (Gene.Dense) genes.get(i);
            add(new Layer.Dense(name("dense"), current, gene.units(), gene.activation(), gene.dropout()));
        }
        Shape image = shapes.get(firstDense);
        boolean spatial = firstDense > 0;
        if (image.size() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("an image of " + image + " is too large for a dense layer");
        }
        add(new Layer.Dense(
                spatial ? name("dense") : "output",
                current,
                (int) image.size(),
                spatial ? activationOf(genes.get(firstDense - 1), firstDense - 1) : outputActivation,
                0));
        if (image.isImage() || spatial) {
            add(new Layer.Reshape("reshape", current, image));
        }
        for (int i = firstDense - 1; i >= 0; i--) {
            mirror(genes.get(i), i);
        }
        return Blueprint.chain(input, layers);
    }

    private void encode(Gene gene, int index) {
        if (gene.spatial() && index > 0 && !genome.encoder().get(index - 1).spatial()) {
            throw new IllegalArgumentException("gene " + index + ": a spatial gene cannot follow a dense one");
        }
        if (gene.spatial() && !input.isImage()) {
            throw new IllegalArgumentException(
                    "gene " + index + ": a spatial gene needs images or signals, the input is " + input);
        }
        String prefix = "e" + index + "_";
        if (gene instanceof Gene.Convolution c) {
            add(new Layer.Conv(
                    prefix + "conv",
                    current,
                    c.filters(),
                    c.kernel(),
                    c.stride(),
                    c.activation(),
                    c.batchNormalization(),
                    axes));
        } else if (gene instanceof Gene.MaxPooling p) {
            if (index == 0) {
                throw new IllegalArgumentException("gene 0: an encoder cannot start with pooling");
            }
            add(new Layer.MaxPool(prefix + "pool", current, p.size(), axes));
        } else if (gene instanceof Gene.Dense d) {
            add(new Layer.Dense(prefix + "dense", current, d.units(), d.activation(), d.dropout()));
        }
    }

    private void mirror(Gene gene, int index) {
        Shape target = shapes.get(index);
        boolean output = index == 0;
        Activation activation = output ? outputActivation : activationOf(gene, index);
        if (gene instanceof Gene.Convolution c) {
            boolean normalized = c.batchNormalization() && !output;
            if (c.stride() > 1 && genome.upscaling() == Upscaling.DECONVOLUTION) {
                add(new Layer.Deconv(
                        name("deconv"),
                        current,
                        target.channels(),
                        c.kernel(),
                        c.stride(),
                        activation,
                        normalized,
                        axes));
                crop(target);
            } else {
                if (c.stride() > 1) {
                    add(new Layer.Upsample(name("upsample"), current, c.stride(), axes));
                    crop(target);
                }
                add(new Layer.Conv(
                        name("conv"), current, target.channels(), c.kernel(), 1, activation, normalized, axes));
            }
        } else if (gene instanceof Gene.MaxPooling p) {
            if (genome.upscaling() == Upscaling.DECONVOLUTION) {
                add(new Layer.Deconv(
                        name("deconv"), current, target.channels(), p.size(), p.size(), activation, false, axes));
            } else {
                add(new Layer.Upsample(name("upsample"), current, p.size(), axes));
            }
            crop(target);
        }
    }

    /** Cuts an enlarged image or signal back to the target's sides, where "same" padding had put the border. */
    private void crop(Shape target) {
        int rows = current.height() - target.height();
        int columns = current.width() - target.width();
        if (rows == 0 && columns == 0) {
            return;
        }
        Shape cut = new Shape(current.channels(), target.height(), target.width());
        add(new Layer.Crop(name("crop"), current, cut, rows / 2, columns / 2));
    }

    /** A pooling gene has no activation of its own: its mirror takes that of the convolution before it. */
    private Activation activationOf(Gene gene, int index) {
        for (int i = index; i >= 0; i--) {
            if (genome.encoder().get(i) instanceof Gene.Convolution c) {
                return c.activation();
            }
        }
        return gene instanceof Gene.Dense d ? d.activation() : Activation.IDENTITY;
    }

    private String name(String kind) {
        return "d" + mirrored++ + "_" + kind;
    }

    private void add(Layer layer) {
        layers.add(layer);
        current = layer.output();
    }
}
