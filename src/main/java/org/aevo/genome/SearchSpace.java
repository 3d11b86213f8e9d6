package org.aevo.genome;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.network.EnumText;
import org.aevo.network.Optimizer;
import org.aevo.network.Require;
import org.aevo.network.Shape;

/**
 * Which genomes may evolve: a family of encoders for samples of one shape, the bounds of every parameter, and limits of
 * the whole network. Bounds of genes that the family does not have are kept and ignored.
 *
 * <p>Built from {@link #defaults} with {@link #toBuilder}.
 *
 * @param latent units of the bottleneck, at most the number of values of the input
 * @param outputActivation of the decoder's last layer
 * @param maxGenes most genes of an encoder, at least 1
 * @param filters of a convolution
 * @param kernel side of a convolution's kernel, within 1..7; of signals its length
 * @param strides of a convolution
 * @param poolSizes of a pooling; empty for no pooling
 * @param units of a dense gene
 * @param activations of genes; never {@link Activation#IDENTITY}
 * @param dropout of a dense gene that has dropout; none (0) is always allowed
 * @param batchNormalization whether convolutions may be normalised
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
        int maxGenes,
        IntRange filters,
        IntRange kernel,
        List<Integer> strides,
        List<Integer> poolSizes,
        IntRange units,
        List<Activation> activations,
        DoubleRange dropout,
        boolean batchNormalization,
        List<Upscaling> upscalings,
        DoubleRange learningRate,
        List<Integer> batchSizes,
        List<Optimizer> optimizers,
        long maxParameters,
        int maxLayers,
        long maxMemoryBytes) {

    /** The sides of kernels that engines can be trusted with. */
    public static final IntRange KERNELS = new IntRange(1, 7);

    private static final int MOST_GENES = 100;
    private static final int MOST_UNITS = 1 << 20;

    public SearchSpace {
        Require.given("family", family);
        Require.given("input shape", input);
        Require.given("output activation", outputActivation);
        strides = choices("strides", strides, false);
        poolSizes = choices("pool sizes", poolSizes, true);
        activations = choices("activations", activations, false);
        upscalings = choices("upscalings", upscalings, false);
        batchSizes = choices("batch sizes", batchSizes, false);
        optimizers = choices("optimizers", optimizers, false);

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
        within("max genes", new IntRange(1, MOST_GENES), maxGenes);
        within("filters", new IntRange(1, MOST_UNITS), filters);
        within("kernel", KERNELS, kernel);
        within("units", new IntRange(1, MOST_UNITS), units);
        strides.forEach(s -> Require.positive("stride", s));
        poolSizes.forEach(s -> Require.atLeast(2, "pool size", s));
        batchSizes.forEach(s -> within("batch size", new IntRange(1, MOST_UNITS), s));
        if (activations.contains(Activation.IDENTITY)) {
            throw new IllegalArgumentException("activations must not contain identity: it is for output layers only");
        }
        Require.given("dropout", dropout);
        if (dropout.min() < 0 || dropout.max() >= 1) {
            throw new IllegalArgumentException("dropout must be within [0, 1), was " + dropout);
        }
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
        if (family != Family.DENSE && input.height() * (long) input.width() * filters.max() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("filters " + filters + " are too many for an input of " + input);
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

    private static <T> List<T> choices(String name, List<T> values, boolean mayBeEmpty) {
        Require.given(name, values);
        List<T> copy = List.copyOf(values);
        if (copy.isEmpty() && !mayBeEmpty) {
            throw new IllegalArgumentException(name + " must have at least one choice");
        }
        if (new HashSet<>(copy).size() < copy.size()) {
            throw new IllegalArgumentException(name + " must not repeat a choice, was " + copy);
        }
        return copy;
    }

    private static void within(String name, IntRange bounds, int value) {
        if (!bounds.contains(value)) {
            throw new IllegalArgumentException(name + " must be within " + bounds + ", was " + value);
        }
    }

    private static void within(String name, IntRange bounds, IntRange range) {
        Require.given(name, range);
        if (!bounds.contains(range.min()) || !bounds.contains(range.max())) {
            throw new IllegalArgumentException(name + " must be within " + bounds + ", was " + range);
        }
    }
}
