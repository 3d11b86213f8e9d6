package org.aevo.genome;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.network.EnumText;
import org.aevo.network.Optimizer;
import org.aevo.network.Require;
import org.aevo.network.Shape;

/**
 * Which genomes may evolve: a family of autoencoders for samples of one shape, the bounds of every section and parameter,
 * and limits of the whole network.
 *
 * <p>Built from {@link #defaults} with {@link #toBuilder}.
 *
 * @param latent units of the bottleneck, at most the number of values of the input
 * @param outputActivation of the decoder's last layer
 * @param decoder bounds of free decoders; empty where decoders mirror encoders
 * @param upscalings how decoders may enlarge: all that is mirrored, or each gene of a free one
 * @param learningRate searched on a log scale
 * @param maxParameters most trainable numbers of the whole network
 * @param maxLayers most layers of the whole network, as {@link Blueprint#depth} counts them
 * @param maxMemoryBytes most {@link Blueprint#trainingBytes} at the genome's batch size
 */
public record SearchSpace(
        Family family,
        Shape input,
        int latent,
        Activation outputActivation,
        SectionSpace encoder,
        Optional<SectionSpace> decoder,
        List<Upscaling> upscalings,
        DoubleRange learningRate,
        List<Integer> batchSizes,
        List<Optimizer> optimizers,
        long maxParameters,
        int maxLayers,
        long maxMemoryBytes) {

    public SearchSpace {
        Require.given("family", family);
        Require.given("input shape", input);
        Require.given("output activation", outputActivation);
        Require.given("bounds of the encoder", encoder);
        upscalings = SectionSpace.choices("upscalings", upscalings, false);
        batchSizes = SectionSpace.choices("batch sizes", batchSizes, false);
        optimizers = SectionSpace.choices("optimizers", optimizers, false);

        if (input.size() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("an input of " + input + " is too large for a dense layer");
        }
        Require.positive("latent", latent);
        if (latent > input.size()) {
            throw new IllegalArgumentException(
                    "latent must be at most the input's " + input.size() + " values, was " + latent);
        }
        if (family != Family.DENSE && input.side() < 2) {
            throw new IllegalArgumentException("family " + EnumText.of(family)
                    + " needs images of at least 2x2 pixels or signals, the input is " + input + ": use family dense");
        }
        batchSizes.forEach(s -> SectionSpace.within("batch size", new IntRange(1, SectionSpace.MOST_UNITS), s));
        Require.given("learning rate", learningRate);
        if (!(learningRate.min() > 0)) {
            throw new IllegalArgumentException("learning rate must be positive, was " + learningRate);
        }
        if (maxParameters < 1) {
            throw new IllegalArgumentException("max parameters must be at least 1, was " + maxParameters);
        }
        Require.positive("max layers", maxLayers);
        if (maxMemoryBytes < 1) {
            throw new IllegalArgumentException("max memory must be at least 1 byte, was " + maxMemoryBytes);
        }
        if (family != Family.DENSE) {
            fits(encoder.filters(), input);
            decoder.ifPresent(bounds -> fits(bounds.filters(), input));
        }
    }

    /** The space with all defaults, see {@link SearchSpaceBuilder}. */
    public static SearchSpace defaults(Family family, Shape input, int latent) {
        return new SearchSpaceBuilder(family, input, latent).build();
    }

    /** A builder that starts with the values of this space. */
    public SearchSpaceBuilder toBuilder() {
        return new SearchSpaceBuilder(this);
    }

    /** The roles that sections of genomes of this space have. */
    public List<Role> roles() {
        return decoder.isPresent() ? List.of(Role.ENCODER, Role.DECODER) : List.of(Role.ENCODER);
    }

    /**
     * The bounds of a section.
     *
     * @throws IllegalArgumentException if the genomes of this space have none of that role
     */
    public SectionSpace section(Role role) {
        if (role == Role.ENCODER) {
            return encoder;
        }
        return decoder.orElseThrow(() -> new IllegalArgumentException("decoders of this space mirror the encoder"));
    }

    /** The whole network of a genome or of another design, for the samples that this space is for. */
    public Blueprint blueprint(Design design) {
        return design.unfold(input, outputActivation);
    }

    /** Why a genome is not in this space: one line for each gene or limit; empty if it is. */
    public List<String> violations(Genome genome) {
        return new Violations(this, genome).list();
    }

    /** Which limits of whole networks one exceeds that is trained in batches of a size, a line for each; they bind any design. */
    public List<String> exceeded(Blueprint network, int batchSize) {
        List<String> exceeded = new ArrayList<>();
        limit(exceeded, "parameters", maxParameters, network.parameters());
        limit(exceeded, "layers", maxLayers, network.depth());
        limit(exceeded, "bytes of training memory", maxMemoryBytes, network.trainingBytes(batchSize));
        return exceeded;
    }

    private static void limit(List<String> exceeded, String what, long most, long value) {
        if (value > most) {
            exceeded.add("the network must have at most " + most + " " + what + ", has " + value);
        }
    }

    /** Whether a genome meets every bound and limit. */
    public boolean contains(Genome genome) {
        return violations(genome).isEmpty();
    }

    private static void fits(IntRange filters, Shape input) {
        if (input.height() * (long) input.width() * filters.max() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("filters " + filters + " are too many for an input of " + input);
        }
    }
}
