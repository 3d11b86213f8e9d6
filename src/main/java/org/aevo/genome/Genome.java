package org.aevo.genome;

import java.util.List;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Require;
import org.aevo.network.Shape;

/**
 * An autoencoder: encoder genes from the input to the last layer before the bottleneck, the bottleneck's size, and what
 * the mirrored decoder and the training need. Immutable; equal genomes describe the same training.
 *
 * <p>Where no gene shrinks an image nothing has to be enlarged: {@code upscaling} is then always {@link
 * Upscaling#UPSAMPLING}, so that two genomes that describe one network are equal.
 *
 * <p>Its one-line text is made and read by {@link GenomeText}. A genome says nothing of the data's shape: with one, it
 * unfolds into a {@link Blueprint}.
 *
 * @param encoder genes in order; spatial genes come before dense ones
 * @param latent units of the dense bottleneck; the search space fixes it
 * @param upscaling how the decoder enlarges images
 */
public record Genome(List<Gene> encoder, int latent, Upscaling upscaling, Hyperparameters hyperparameters)
        implements Design {
    public Genome {
        encoder = List.copyOf(encoder);
        Require.positive("latent", latent);
        Require.given("upscaling", upscaling);
        Require.given("hyperparameters", hyperparameters);
        if (!shrinks(encoder)) {
            upscaling = Upscaling.UPSAMPLING;
        }
    }

    /** Whether a gene makes images smaller, so that the decoder must enlarge them. */
    public boolean shrinks() {
        return shrinks(encoder);
    }

    private static boolean shrinks(List<Gene> genes) {
        for (Gene gene : genes) {
            if (gene.step() > 1) {
                return true;
            }
        }
        return false;
    }

    /** This genome with other encoder genes. */
    public Genome withEncoder(List<Gene> genes) {
        return new Genome(genes, latent, upscaling, hyperparameters);
    }

    /** This genome with another way to enlarge. */
    public Genome withUpscaling(Upscaling other) {
        return new Genome(encoder, latent, other, hyperparameters);
    }

    /** This genome trained in another way. */
    public Genome withHyperparameters(Hyperparameters other) {
        return new Genome(encoder, latent, upscaling, other);
    }

    @Override
    public Blueprint unfold(Shape input, Activation outputActivation) {
        return Unfolding.of(this, input, outputActivation);
    }

    @Override
    public String toString() {
        return GenomeText.print(this);
    }
}
