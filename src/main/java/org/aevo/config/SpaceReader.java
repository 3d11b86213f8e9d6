package org.aevo.config;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.aevo.genome.DoubleRange;
import org.aevo.genome.Family;
import org.aevo.genome.IntRange;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.SearchSpaceBuilder;
import org.aevo.genome.SectionSpace;
import org.aevo.genome.Upscaling;
import org.aevo.network.Activation;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;

/** Reads the section {@code space}; the bounds meet the data's shape only later. */
final class SpaceReader {
    static final int MANY = 1 << 20;

    private SpaceReader() {}

    static RunConfig.SpaceSettings read(Section s) {
        Family family = s.choice("family", Family.DENSE, "which genes there are");
        int latent = s.integer("latent", 16, 1, MANY, "units of the bottleneck: the size of the code");
        // Only a carrier of the defaults: the data decide the shape.
        SearchSpace d = SearchSpace.defaults(Family.DENSE, Shape.vector(MANY), 1);
        Activation output =
                s.choice("output-activation", d.outputActivation(), "of the last layer; data are scaled to [0, 1]");
        DecoderKind decoder = s.choice(
                "decoder",
                DecoderKind.MIRRORED,
                "mirrored: the encoder's genes once more, the last one first; free: genes of its own, which evolve independently");
        SectionSpace e = d.encoder();
        int maxGenes = s.integer("max-genes", e.maxGenes(), 1, SectionSpace.MOST_GENES, "genes of the encoder at most");
        int maxSkips = s.integer(
                "max-skips",
                e.maxSkips(),
                0,
                SectionSpace.MOST_SKIPS,
                "skip connections of the encoder at most; there are none unless evolution.add-skip is above 0");
        IntRange filters = s.range("filters", e.filters(), 1, MANY, "of a convolution");
        IntRange kernel = s.range("kernel", e.kernel(), 1, 7, "side of a convolution's kernel");
        List<Integer> strides = s.integers("strides", e.strides(), 1, 7, "of a convolution");
        trusted(s, "strides", strides, kernel);
        List<Integer> pools = s.integers("pool-sizes", e.poolSizes(), 2, 7, "of a max pooling");
        boolean batchNorm = s.flag("batch-normalization", e.batchNormalization(), "whether convolutions may have it");
        List<Upscaling> upscalings = s.choices(
                "upscalings",
                Upscaling.class,
                d.upscalings(),
                "how decoders may enlarge what the encoder shrank; each gene of a free one in its own way");
        IntRange units = s.range("units", e.units(), 1, MANY, "of a dense gene");
        DoubleRange dropout = s.range("dropout", e.dropout(), 0, 0.99, "after a dense gene that has any");
        List<Activation> activations =
                s.choices("activations", Activation.class, e.activations(), "of convolutions and dense genes");
        if (activations.contains(Activation.IDENTITY)) {
            throw s.error("activations", "must not have identity: it is for the output layer alone");
        }
        SectionSpace encoder = bounds(
                s,
                "family",
                () -> new SectionSpace(
                        maxGenes, maxSkips, filters, kernel, strides, pools, units, activations, dropout, batchNorm));
        Optional<SectionSpace> free = DecoderReader.read(s, decoder, encoder);
        DoubleRange rate = s.range("learning-rate", d.learningRate(), 1e-12, 1e6, "searched on a log scale");
        List<Integer> batches = s.integers("batch-sizes", d.batchSizes(), 1, MANY, "samples per gradient step");
        List<Optimizer> optimizers = s.choices("optimizers", Optimizer.class, d.optimizers(), "gradient descent rules");
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
        return (shape, classes) -> {
            if (latent > shape.size()) {
                throw s.error("latent", "is " + latent + ", larger than the input's " + shape.size() + " values");
            }
            SearchSpaceBuilder builder = new SearchSpaceBuilder(family, shape, latent)
                    .outputActivation(output)
                    .encoder(encoder)
                    .upscalings(upscalings)
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
