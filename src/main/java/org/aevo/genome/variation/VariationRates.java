package org.aevo.genome.variation;

import java.util.OptionalDouble;

/**
 * How often and how far genomes vary. All but {@code changes} and {@code sigma} are probabilities. Where {@code changes} is a number those
 * of mutations are weights by which each change is drawn; where it is empty those of genes and skips hold for each section of a genome, and
 * a child with a free decoder is changed in more places.
 *
 * @param crossover that a child has two parents
 * @param crossing how their genes are mixed
 * @param changes single changes that a child undergoes in the mean, at least 1: of one parameter of one gene, of one gene more or less,
 *     and so on; empty: each mutation is applied with its own probability, as up to 0.10.0
 * @param addGene that a section of a child gets one more gene
 * @param deleteGene that a section of a child loses a gene
 * @param mutateGene that a gene is mutated, for each gene
 * @param mutateParameter that a parameter of a mutated gene changes, for each parameter (at least one does); of no meaning where
 *     changes are counted
 * @param mutateLearningRate that it changes
 * @param mutateBatchSize that another is chosen
 * @param mutateOptimizer that another is chosen
 * @param mutateUpscaling that another is chosen
 * @param steps what a change of a number is measured by
 * @param sigma standard deviation of a Gaussian change, in units of what {@code steps} says
 * @param pooling that a new spatial gene pools, where a pooling may stand
 * @param noDropout that a new or changed dropout is none
 * @param addSkip that a section of a child gets one more skip; 0: there are none then
 * @param removeSkip that a section of a child loses a skip
 */
public record VariationRates(
        double crossover,
        Crossing crossing,
        OptionalDouble changes,
        double addGene,
        double deleteGene,
        double mutateGene,
        double mutateParameter,
        double mutateLearningRate,
        double mutateBatchSize,
        double mutateOptimizer,
        double mutateUpscaling,
        Steps steps,
        double sigma,
        double pooling,
        double noDropout,
        double addSkip,
        double removeSkip) {

    /** Most changes of a child in the mean. */
    public static final double MOST_CHANGES = 100;

    /** How the genes of two parents are mixed. */
    public enum Crossing {
        /** {@link OnePointCrossover}. */
        ONE_POINT,
        /** {@link UniformCrossover}. */
        UNIFORM
    }

    /** What a change of a number is measured by. */
    public enum Steps {
        /**
         * Sizes by themselves, dropout by its range, learning rates by a factor of 2; a gene without dropout gets some whenever its
         * dropout changes. As up to 0.10.0.
         */
        RELATIVE,
        /** All by the width of their range, of sizes and learning rates on a logarithmic scale. */
        RANGE
    }

    public VariationRates {
        probability("crossover", crossover);
        probability("add-gene", addGene);
        probability("delete-gene", deleteGene);
        probability("mutate-gene", mutateGene);
        probability("mutate-parameter", mutateParameter);
        probability("mutate-learning-rate", mutateLearningRate);
        probability("mutate-batch-size", mutateBatchSize);
        probability("mutate-optimizer", mutateOptimizer);
        probability("mutate-upscaling", mutateUpscaling);
        probability("pooling", pooling);
        probability("no-dropout", noDropout);
        probability("add-skip", addSkip);
        probability("remove-skip", removeSkip);
        if (!(sigma > 0 && sigma <= 10)) {
            throw new IllegalArgumentException("sigma must be in (0, 10], was " + sigma);
        }
        if (changes.isPresent() && !(changes.getAsDouble() >= 1 && changes.getAsDouble() <= MOST_CHANGES)) {
            throw new IllegalArgumentException(
                    "changes must be in [1, " + MOST_CHANGES + "], was " + changes.getAsDouble());
        }
    }

    /** Each mutation with its own probability, one-point crossover, relative steps. */
    public VariationRates(
            double crossover,
            double addGene,
            double deleteGene,
            double mutateGene,
            double mutateParameter,
            double mutateLearningRate,
            double mutateBatchSize,
            double mutateOptimizer,
            double mutateUpscaling,
            double sigma,
            double pooling,
            double noDropout,
            double addSkip,
            double removeSkip) {
        this(
                crossover,
                Crossing.ONE_POINT,
                OptionalDouble.empty(),
                addGene,
                deleteGene,
                mutateGene,
                mutateParameter,
                mutateLearningRate,
                mutateBatchSize,
                mutateOptimizer,
                mutateUpscaling,
                Steps.RELATIVE,
                sigma,
                pooling,
                noDropout,
                addSkip,
                removeSkip);
    }

    /** Chosen on recorded evaluations of some tasks: docs/strategies.md names them. */
    public static VariationRates defaults() {
        return new VariationRates(
                0.3,
                Crossing.ONE_POINT,
                OptionalDouble.of(1),
                0.15,
                0.15,
                0.6,
                0.4,
                0.3,
                0.1,
                0.1,
                0.1,
                Steps.RANGE,
                0.25,
                0.25,
                0.5,
                0,
                0);
    }

    /** The defaults up to 0.10.0. */
    public static VariationRates earlier() {
        return new VariationRates(0.8, 0.15, 0.15, 0.3, 0.4, 0.3, 0.1, 0.1, 0.1, 0.25, 0.25, 0.5, 0, 0);
    }

    /** The same with other probabilities of skips. */
    public VariationRates withSkips(double add, double remove) {
        return new VariationRates(
                crossover,
                crossing,
                changes,
                addGene,
                deleteGene,
                mutateGene,
                mutateParameter,
                mutateLearningRate,
                mutateBatchSize,
                mutateOptimizer,
                mutateUpscaling,
                steps,
                sigma,
                pooling,
                noDropout,
                add,
                remove);
    }

    private static void probability(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be a probability in [0, 1], was " + value);
        }
    }
}
