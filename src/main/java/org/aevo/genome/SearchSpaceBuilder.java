package org.aevo.genome;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.network.Activation;
import org.aevo.network.Ends;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;

/**
 * Builds a {@link SearchSpace}; what is not set has its default. Bounds of genes and skips are those of encoders, and of free
 * decoders that have none of their own; of classifiers those of features and, but for the number of genes, of heads. Nothing is checked before {@link #build}. Not thread
 * safe.
 */
public final class SearchSpaceBuilder {
    /** In an order that stays: it is drawn from. */
    private static final List<Activation> GENE_ACTIVATIONS = List.of(
            Activation.RELU,
            Activation.LEAKY_RELU,
            Activation.ELU,
            Activation.SWISH,
            Activation.TANH,
            Activation.SIGMOID);

    private final Family family;
    private final int latent;
    private Ends ends;
    private int minGenes = 1;
    private int maxGenes = 6;
    private int headMaxGenes = 3;
    private int maxSkips = 2;
    private IntRange filters = new IntRange(4, 64);
    private IntRange kernel = SectionSpace.SMALL_KERNELS;
    private List<Integer> strides = List.of(1, 2);
    private List<Integer> poolSizes = List.of(2);
    private IntRange units = new IntRange(16, 512);
    private List<Activation> activations = GENE_ACTIVATIONS;
    private DoubleRange dropout = new DoubleRange(0, 0.5);
    private boolean batchNormalization = true;
    private boolean free;
    private Optional<SectionSpace> decoder = Optional.empty();
    private List<Upscaling> upscalings = List.of(Upscaling.values());
    private DoubleRange learningRate = new DoubleRange(1e-4, 1e-2);
    private List<Integer> batchSizes = List.of(32, 64, 128, 256);
    private List<Optimizer> optimizers = List.of(Optimizer.ADAM, Optimizer.RMSPROP, Optimizer.NESTEROV);
    private long maxParameters = 2_000_000;
    private int maxLayers = 16;
    private long maxMemoryBytes = 1L << 30;

    private SearchSpaceBuilder(Family family, Ends ends, int latent) {
        this.family = family;
        this.ends = ends;
        this.latent = latent;
    }

    /** Starts with the defaults of autoencoders. */
    public SearchSpaceBuilder(Family family, Shape input, int latent) {
        this(family, Ends.autoencoder(input, Activation.SIGMOID), latent);
    }

    /**
     * Starts with the defaults of classifiers.
     *
     * @param classes at least 2
     */
    public static SearchSpaceBuilder classifier(Family family, Shape input, int classes) {
        return new SearchSpaceBuilder(family, Ends.classifier(input, classes), 0);
    }

    SearchSpaceBuilder(SearchSpace space) {
        this(space.family(), space.ends(), space.latent());
        encoder(space.section(space.roles().get(0)));
        minGenes = space.minGenes();
        free = space.decoder().isPresent();
        decoder = space.decoder();
        headMaxGenes =
                space.roles().contains(Role.HEAD) ? space.section(Role.HEAD).maxGenes() : headMaxGenes;
        upscalings = space.upscalings();
        learningRate = space.learningRate();
        batchSizes = space.batchSizes();
        optimizers = space.optimizers();
        maxParameters = space.maxParameters();
        maxLayers = space.maxLayers();
        maxMemoryBytes = space.maxMemoryBytes();
    }

    /** Of autoencoders. Default: sigmoid. */
    public SearchSpaceBuilder outputActivation(Activation value) {
        ends = Ends.autoencoder(ends.input(), value);
        return this;
    }

    /** Genes of a classifier's head at most. Default: 3. */
    public SearchSpaceBuilder headMaxGenes(int value) {
        headMaxGenes = value;
        return this;
    }

    /** All bounds of the encoder, or of features. */
    public SearchSpaceBuilder encoder(SectionSpace value) {
        maxGenes = value.maxGenes();
        maxSkips = value.maxSkips();
        filters = value.filters();
        kernel = value.kernel();
        strides = value.strides();
        poolSizes = value.poolSizes();
        units = value.units();
        activations = value.activations();
        dropout = value.dropout();
        batchNormalization = value.batchNormalization();
        return this;
    }

    /** Decoders of genes of their own, within these bounds. Default: decoders mirror encoders. */
    public SearchSpaceBuilder decoder(SectionSpace value) {
        free = true;
        decoder = Optional.of(value);
        return this;
    }

    /** Decoders of genes of their own, within the bounds that encoders have when the space is built. */
    public SearchSpaceBuilder freeDecoder() {
        free = true;
        decoder = Optional.empty();
        return this;
    }

    /** Genes of the first section that evolves at least: the encoder, features, or a head without features. Default: 1. */
    public SearchSpaceBuilder minGenes(int value) {
        minGenes = value;
        return this;
    }

    /** Default: 6. */
    public SearchSpaceBuilder maxGenes(int value) {
        maxGenes = value;
        return this;
    }

    /** Default: 2. */
    public SearchSpaceBuilder maxSkips(int value) {
        maxSkips = value;
        return this;
    }

    /** Default: 4..64. */
    public SearchSpaceBuilder filters(IntRange value) {
        filters = value;
        return this;
    }

    /** Default: 1..7. */
    public SearchSpaceBuilder kernel(IntRange value) {
        kernel = value;
        return this;
    }

    /** Default: 1 and 2. */
    public SearchSpaceBuilder strides(List<Integer> value) {
        strides = value;
        return this;
    }

    /** Default: 2. */
    public SearchSpaceBuilder poolSizes(List<Integer> value) {
        poolSizes = value;
        return this;
    }

    /** Default: 16..512. */
    public SearchSpaceBuilder units(IntRange value) {
        units = value;
        return this;
    }

    /** Default: relu, leaky-relu, elu, swish, tanh and sigmoid. */
    public SearchSpaceBuilder activations(List<Activation> value) {
        activations = value;
        return this;
    }

    /** Default: 0..0.5. */
    public SearchSpaceBuilder dropout(DoubleRange value) {
        dropout = value;
        return this;
    }

    /** Default: true. */
    public SearchSpaceBuilder batchNormalization(boolean value) {
        batchNormalization = value;
        return this;
    }

    /** Default: all. */
    public SearchSpaceBuilder upscalings(List<Upscaling> value) {
        upscalings = value;
        return this;
    }

    /** Default: 0.0001..0.01. */
    public SearchSpaceBuilder learningRate(DoubleRange value) {
        learningRate = value;
        return this;
    }

    /** Default: 32, 64, 128 and 256. */
    public SearchSpaceBuilder batchSizes(List<Integer> value) {
        batchSizes = value;
        return this;
    }

    /** Default: adam, rmsprop and nesterov. */
    public SearchSpaceBuilder optimizers(List<Optimizer> value) {
        optimizers = value;
        return this;
    }

    /** Default: 2,000,000. */
    public SearchSpaceBuilder maxParameters(long value) {
        maxParameters = value;
        return this;
    }

    /** Default: 16. */
    public SearchSpaceBuilder maxLayers(int value) {
        maxLayers = value;
        return this;
    }

    /** Default: 1 GiB. */
    public SearchSpaceBuilder maxMemoryBytes(long value) {
        maxMemoryBytes = value;
        return this;
    }

    /**
     * The space.
     *
     * @throws IllegalArgumentException if a value is out of its bounds or the values do not fit together
     */
    public SearchSpace build() {
        return new SearchSpace(
                family,
                ends,
                latent,
                ends.classify() ? classifier() : autoencoder(),
                minGenes,
                ends.classify() ? List.of(Upscaling.UPSAMPLING) : upscalings,
                learningRate,
                batchSizes,
                optimizers,
                maxParameters,
                maxLayers,
                maxMemoryBytes);
    }

    private Map<Role, SectionSpace> autoencoder() {
        SectionSpace encoder = section(maxGenes);
        return free
                ? Map.of(Role.ENCODER, encoder, Role.DECODER, decoder.orElse(encoder))
                : Map.of(Role.ENCODER, encoder);
    }

    private Map<Role, SectionSpace> classifier() {
        Map<Role, SectionSpace> sections = new EnumMap<>(Role.class);
        if (family != Family.DENSE) {
            sections.put(Role.FEATURES, section(maxGenes));
        }
        if (family != Family.CONVOLUTIONAL) {
            sections.put(Role.HEAD, section(headMaxGenes));
        }
        return sections;
    }

    private SectionSpace section(int genes) {
        return new SectionSpace(
                genes, maxSkips, filters, kernel, strides, poolSizes, units, activations, dropout, batchNormalization);
    }
}
