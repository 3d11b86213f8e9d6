package org.aevo.config;

import java.util.Collections;
import java.util.List;
import org.aevo.genome.DoubleRange;
import org.aevo.genome.Family;
import org.aevo.genome.IntRange;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Upscaling;
import org.aevo.network.Activation;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;

/** Reads the section {@code space}; the bounds meet the data's shape only later. */
final class SpaceReader {
    private static final int MANY = 1 << 20;

    private SpaceReader() {}

    static RunConfig.SpaceSettings read(Section s) {
        Family family = s.choice("family", Family.DENSE, "which genes there are");
        int latent = s.integer("latent", 16, 1, MANY, "units of the bottleneck: the size of the code");
        // Only a carrier of the defaults: the data decide the shape.
        SearchSpace d = SearchSpace.defaults(Family.DENSE, Shape.vector(MANY), 1);
        Activation output =
                s.choice("output-activation", d.outputActivation(), "of the last layer; data are scaled to [0, 1]");
        int maxGenes = s.integer("max-genes", d.maxGenes(), 1, 100, "genes of the encoder at most");
        IntRange filters = s.range("filters", d.filters(), 1, MANY, "of a convolution");
        IntRange kernel = s.range("kernel", d.kernel(), 1, 7, "side of a convolution's kernel");
        List<Integer> strides = s.integers("strides", d.strides(), 1, 7, "of a convolution");
        int longest = Collections.max(strides);
        if (longest > kernel.min() + 1) {
            // Deeplearning4j cannot undo such a step by a transposed convolution, and engines are to be exchangeable
            throw s.error(
                    "strides",
                    "has " + longest + ", too long for a kernel of " + kernel.min() + ": raise the smallest kernel to "
                            + (longest - 1) + " or more");
        }
        List<Integer> pools = s.integers("pool-sizes", d.poolSizes(), 2, 7, "of a max pooling");
        boolean batchNorm = s.flag("batch-normalization", d.batchNormalization(), "whether convolutions may have it");
        List<Upscaling> upscalings = s.choices(
                "upscalings", Upscaling.class, d.upscalings(), "how decoders may enlarge what the encoder shrank");
        IntRange units = s.range("units", d.units(), 1, MANY, "of a dense gene");
        DoubleRange dropout = s.range("dropout", d.dropout(), 0, 0.99, "after a dense gene that has any");
        List<Activation> activations =
                s.choices("activations", Activation.class, d.activations(), "of convolutions and dense genes");
        if (activations.contains(Activation.IDENTITY)) {
            throw s.error("activations", "must not have identity: it is for the output layer alone");
        }
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
        return shape -> {
            if (latent > shape.size()) {
                throw s.error("latent", "is " + latent + ", larger than the input's " + shape.size() + " values");
            }
            try {
                return SearchSpace.defaults(family, shape, latent).toBuilder()
                        .outputActivation(output)
                        .maxGenes(maxGenes)
                        .filters(filters)
                        .kernel(kernel)
                        .strides(strides)
                        .poolSizes(pools)
                        .batchNormalization(batchNorm)
                        .upscalings(upscalings)
                        .units(units)
                        .dropout(dropout)
                        .activations(activations)
                        .learningRate(rate)
                        .batchSizes(batches)
                        .optimizers(optimizers)
                        .maxParameters(maxParameters)
                        .maxLayers(maxLayers)
                        .maxMemoryBytes((long) maxMemory << 20)
                        .build();
            } catch (IllegalArgumentException e) {
                throw s.error("family", "and its bounds do not fit together: " + e.getMessage());
            }
        };
    }
}
