package org.aevo.config;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.aevo.genome.DoubleRange;
import org.aevo.genome.Family;
import org.aevo.genome.IntRange;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.SearchSpaceBuilder;
import org.aevo.genome.SectionSpace;
import org.aevo.genome.Upscaling;
import org.aevo.network.Activation;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.search.StrategyKind;

/** Reads the section {@code space}; the bounds meet the data's shape only later. */
final class SpaceReader {
    static final int MANY = 1 << 20;

    private static final int LATENT = 16;
    private static final String MIN_GENES = "min-genes";
    private static final String MAX_GENES = "max-genes";
    private static final String HEAD_MAX_GENES = "head-max-genes";

    private SpaceReader() {}

    /**
     * What the section says.
     *
     * @param classify whether classifiers evolve, and no autoencoders
     * @param strategy has a word in how small networks are
     */
    static RunConfig.SpaceSettings read(Section s, boolean classify, StrategyKind strategy) {
        Family family = s.choice("family", Family.DENSE, "which genes there are");
        int latent = s.integer(
                "latent", LATENT, 1, MANY, "units of the bottleneck: the size of the code; not of classifiers");
        // Only carriers of the defaults: the data decide the shape.
        SearchSpace d = SearchSpace.defaults(Family.DENSE, Shape.vector(MANY), 1);
        int heads = SearchSpaceBuilder.classifier(Family.DENSE, Shape.vector(1), 2)
                .build()
                .section(Role.HEAD)
                .maxGenes();
        Activation output = s.choice(
                "output-activation",
                Activation.OF_VALUES,
                d.outputActivation(),
                "of the last layer; data are scaled to [0, 1]; not of classifiers, which end in softmax");
        DecoderKind decoder = s.choice(
                "decoder",
                DecoderKind.MIRRORED,
                "mirrored: the encoder's genes once more, the last one first; free: genes of its own, which evolve independently; not of classifiers");
        SectionSpace e = d.encoder();
        int minGenes = s.integer(
                MIN_GENES,
                strategy.beginsWithoutGenes() ? 0 : d.minGenes(),
                0,
                SectionSpace.MOST_GENES,
                "genes of the encoder at least; of a classifier's features, or of its head in family dense; at most max-genes, or head-max-genes there; by default 0 with strategy pairwise, which begins with networks without hidden layers");
        int maxGenes = s.integer(
                MAX_GENES,
                e.maxGenes(),
                1,
                SectionSpace.MOST_GENES,
                "genes of the encoder at most; of a classifier's features, that is convolutions and poolings");
        int headMaxGenes = s.integer(
                HEAD_MAX_GENES,
                heads,
                1,
                SectionSpace.MOST_GENES,
                "classify: genes of the head at most, that is dense genes in front of the output");
        int maxSkips = s.integer(
                "max-skips",
                e.maxSkips(),
                0,
                SectionSpace.MOST_SKIPS,
                "skip connections of the encoder at most, or of features and head each; there are none unless evolution.add-skip is above 0 or strategy is pairwise");
        IntRange filters = s.range("filters", e.filters(), 1, MANY, "of a convolution");
        IntRange kernel = s.range(
                "kernel",
                e.kernel(),
                1,
                (classify ? SectionSpace.KERNELS : SectionSpace.SMALL_KERNELS).max(),
                "side of a convolution's kernel; of classifiers up to " + SectionSpace.KERNELS.max());
        List<Integer> strides = s.integers("strides", e.strides(), 1, 7, "of a convolution");
        if (!classify) {
            trusted(s, "strides", strides, kernel);
        }
        List<Integer> pools = s.integers("pool-sizes", e.poolSizes(), 2, 7, "of a max pooling");
        boolean batchNorm = s.flag("batch-normalization", e.batchNormalization(), "whether convolutions may have it");
        List<Upscaling> upscalings = s.choices(
                "upscalings",
                List.of(Upscaling.values()),
                d.upscalings(),
                "how decoders may enlarge what the encoder shrank; each gene of a free one in its own way; not of classifiers");
        IntRange units = s.range("units", e.units(), 1, MANY, "of a dense gene");
        DoubleRange dropout = s.range("dropout", e.dropout(), 0, 0.99, "after a dense gene that has any");
        List<Activation> activations =
                s.choices("activations", Activation.OF_VALUES, e.activations(), "of convolutions and dense genes");
        SectionSpace encoder = bounds(
                s,
                "family",
                () -> new SectionSpace(
                        maxGenes, maxSkips, filters, kernel, strides, pools, units, activations, dropout, batchNorm));
        Optional<SectionSpace> free = DecoderReader.read(s, decoder, encoder, classify);
        DoubleRange rate = s.range("learning-rate", d.learningRate(), 1e-12, 1e6, "searched on a log scale");
        List<Integer> batches = s.integers("batch-sizes", d.batchSizes(), 1, MANY, "samples per gradient step");
        List<Optimizer> optimizers =
                s.choices("optimizers", List.of(Optimizer.values()), d.optimizers(), "gradient descent rules");
        long maxParameters =
                s.whole("max-parameters", d.maxParameters(), 1, 1L << 40, "trainable numbers of the whole network");
        int maxLayers = s.integer("max-layers", d.maxLayers(), 2, 1000, "layers of the whole network");
        int maxMemory = s.integer(
                "max-memory",
                (int) (d.maxMemoryBytes() >> 20),
                1,
                MANY,
                "MiB that training and validation are estimated to need: weights, gradients, optimizer state, activations; the same on every machine and with either engine");
        s.end();
        if (classify) {
            ofAutoencoders(s, "latent", latent != LATENT);
            ofAutoencoders(s, "output-activation", output != d.outputActivation());
            ofAutoencoders(s, "decoder", decoder != DecoderKind.MIRRORED);
            ofAutoencoders(s, "upscalings", !upscalings.equals(d.upscalings()));
        } else if (headMaxGenes != heads) {
            throw s.error(HEAD_MAX_GENES, "is for task.kind classify alone");
        }
        boolean headAlone = classify && family == Family.DENSE;
        atMost(s, minGenes, headAlone ? HEAD_MAX_GENES : MAX_GENES, headAlone ? headMaxGenes : maxGenes);
        return (shape, classes) -> {
            if (classify != classes > 0) {
                throw new IllegalArgumentException(
                        classes + " classes for a search of " + (classify ? "classifiers" : "autoencoders"));
            }
            if (!classify && latent > shape.size()) {
                throw s.error("latent", "is " + latent + ", larger than the input's " + shape.size() + " values");
            }
            SearchSpaceBuilder builder = classify
                    ? SearchSpaceBuilder.classifier(family, shape, classes).headMaxGenes(headMaxGenes)
                    : new SearchSpaceBuilder(family, shape, latent)
                            .outputActivation(output)
                            .upscalings(upscalings);
            builder.encoder(encoder)
                    .minGenes(minGenes)
                    .learningRate(rate)
                    .batchSizes(batches)
                    .optimizers(optimizers)
                    .maxParameters(maxParameters)
                    .maxLayers(maxLayers)
                    .maxMemoryBytes((long) maxMemory << 20);
            free.ifPresent(builder::decoder);
            return bounds(s, "family", builder::build);
        };
    }

    /** Refuses what means nothing to classifiers. A run's own input has every key: what is at its default is no reason. */
    static void ofAutoencoders(Section s, String key, boolean changed) {
        if (changed) {
            throw s.error(key, "is for autoencoders; task.kind is classify");
        }
    }

    private static void atMost(Section s, int minGenes, String key, int most) {
        if (minGenes > most) {
            throw s.error(
                    MIN_GENES,
                    "is " + minGenes + ", more than the " + most + " of space." + key + ": lower it, or raise that");
        }
    }

    /** Bounds, or what does not fit together about them. */
    static <T> T bounds(Section s, String key, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw s.error(key, "and its bounds do not fit together: " + e.getMessage());
        }
    }

    /** Refuses steps that Deeplearning4j cannot undo by a transposed convolution: engines are to be exchangeable. */
    static void trusted(Section s, String key, List<Integer> strides, IntRange kernel) {
        int longest = Collections.max(strides);
        if (longest > kernel.min() + 1) {
            throw s.error(
                    key,
                    "has " + longest + ", too long for a kernel of " + kernel.min() + ": raise the smallest kernel to "
                            + (longest - 1) + " or more");
        }
    }
}
