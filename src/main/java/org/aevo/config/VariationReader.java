package org.aevo.config;

import java.util.OptionalDouble;
import org.aevo.genome.variation.VariationRates;

/** Reads how often and how far genomes vary. */
final class VariationReader {
    static final String CROSSING = "crossing";
    static final String CHANGES = "changes";
    static final String STEPS = "steps";

    /** In place of a number of changes. */
    static final String EACH = "each";

    private static final double GUIDED_CHANGES = 2;

    private VariationReader() {}

    /** @param guided whether a model chooses among children, which may be farther from their parents then */
    static VariationRates read(Section s, boolean guided) {
        VariationRates d = VariationRates.defaults();
        return new VariationRates(
                probability(s, "crossover", d.crossover(), "that a child has two parents"),
                s.choice(
                        CROSSING,
                        d.crossing(),
                        "of two parents: uniform, every parameter of genes at the same place, and of the training, is that of either; one-point,"
                                + " the first genes of one and the last of the other"),
                changes(s, guided ? GUIDED_CHANGES : d.changes().orElseThrow()),
                probability(s, "add-gene", d.addGene(), "that a child gets one more gene"),
                probability(s, "delete-gene", d.deleteGene(), "that a child loses a gene"),
                probability(s, "mutate-gene", d.mutateGene(), "that a gene is mutated, for each gene"),
                probability(
                        s,
                        "mutate-parameter",
                        d.mutateParameter(),
                        "that a parameter of a mutated gene changes; with evolution.changes each alone"),
                probability(s, "mutate-learning-rate", d.mutateLearningRate(), "that it changes"),
                probability(s, "mutate-batch-size", d.mutateBatchSize(), "that another one is chosen"),
                probability(s, "mutate-optimizer", d.mutateOptimizer(), "that another one is chosen"),
                probability(
                        s, "mutate-upscaling", d.mutateUpscaling(), "that a mirrored decoder enlarges in another way"),
                s.choice(
                        STEPS,
                        d.steps(),
                        "what evolution.sigma is measured by: range, the width of a parameter's range, of sizes and learning rates on a logarithmic"
                                + " scale; relative, sizes by themselves and dropout by its range, while learning rates change by a factor in"
                                + " [0.5, 2] and a gene without dropout gets some whenever its dropout changes, as in 0.10.0 and before"),
                s.decimal("sigma", d.sigma(), 1e-6, 10, "standard deviation of a Gaussian change, see evolution.steps"),
                probability(s, "pooling", d.pooling(), "that a new spatial gene pools"),
                probability(s, "no-dropout", d.noDropout(), "that a new or changed dropout is none"),
                probability(
                        s,
                        "add-skip",
                        d.addSkip(),
                        "that a section of a child gets one more skip connection; above 0 random genomes have some, too"),
                probability(s, "remove-skip", d.removeSkip(), "that a section of a child loses a skip connection"));
    }

    private static OptionalDouble changes(Section s, double standard) {
        return s.wordOrDecimal(
                CHANGES,
                EACH,
                standard,
                1,
                VariationRates.MOST_CHANGES,
                "single changes that a child undergoes in the mean: one, and a Poisson number of further ones. Each is drawn in proportion to the"
                        + " probabilities below, and is of one parameter where it is of a gene; each: every mutation is applied with its"
                        + " probability, as in 0.10.0 and before. By default 2 where a model guides and 1 elsewhere");
    }

    private static double probability(Section s, String key, double standard, String meaning) {
        return s.decimal(key, standard, 0, 1, "probability " + meaning);
    }
}
