package org.aevo.genome.variation;

/**
 * How often and how far genomes vary. All but {@code sigma} are probabilities. Those of genes and skips hold for each section
 * of a genome: a child with a free decoder is changed in more places.
 *
 * @param crossover that a child has two parents; default 0.8
 * @param addGene that a section of a child gets one more gene; default 0.15
 * @param deleteGene that a section of a child loses a gene; default 0.15
 * @param mutateGene that a gene is mutated, for each gene; default 0.3
 * @param mutateParameter that a parameter of a mutated gene changes, for each parameter (at least one does); default
 *     0.4
 * @param mutateLearningRate default 0.3
 * @param mutateBatchSize default 0.1
 * @param mutateOptimizer default 0.1
 * @param mutateUpscaling default 0.1
 * @param sigma standard deviation of a Gaussian change: relative to the value for sizes, to the width of the range for
 *     dropout; default 0.25
 * @param pooling that a new spatial gene pools, where a pooling may stand; default 0.25
 * @param noDropout that a new or changed dropout is none; default 0.5
 * @param addSkip that a section of a child gets one more skip; default 0: there are none then
 * @param removeSkip that a section of a child loses a skip; default 0
 */
public record VariationRates(
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
    }

    /** The defaults named above. */
    public static VariationRates defaults() {
        return new VariationRates(0.8, 0.15, 0.15, 0.3, 0.4, 0.3, 0.1, 0.1, 0.1, 0.25, 0.25, 0.5, 0, 0);
    }

    /** The same with other probabilities of skips. */
    public VariationRates withSkips(double add, double remove) {
        return new VariationRates(
                crossover,
                addGene,
                deleteGene,
                mutateGene,
                mutateParameter,
                mutateLearningRate,
                mutateBatchSize,
                mutateOptimizer,
                mutateUpscaling,
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
