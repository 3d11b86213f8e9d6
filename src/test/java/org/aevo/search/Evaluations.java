package org.aevo.search;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.network.Activation;

/** Evaluations without training. */
final class Evaluations {
    private Evaluations() {}

    static Evaluation of(long id, double fitness) {
        return new Evaluation(
                id,
                EvaluationStatus.OK,
                new Score(fitness, fitness, fitness),
                new Effort(Durations.ZERO, 1, 1, 1),
                List.of(),
                "");
    }

    static Evaluation of(Candidate candidate, ToDoubleFunction<Genome> fitness) {
        return of(candidate.id(), fitness.applyAsDouble(candidate.genome()));
    }

    /** Of two objectives that are at odds: the landscape, and the units of the encoder. */
    static Evaluation ofTwo(Candidate candidate) {
        Evaluation evaluation = of(candidate, Evaluations::landscape);
        double units = candidate.genome().encoder().genes().stream()
                .mapToDouble(gene -> ((Gene.Dense) gene).units())
                .sum();
        return evaluation.with(List.of(evaluation.fitness(), units));
    }

    static Evaluation failed(long id) {
        return Evaluation.failed(id, EvaluationStatus.FAILED, Durations.ZERO, "no memory");
    }

    /**
     * A smooth landscape over dense encoders: best are four tanh layers of 256, 128, 64 and 32 units, learned at
     * 0.002. 0 is the best.
     */
    static double landscape(Genome genome) {
        double sum = Math.abs(genome.encoder().size() - 4);
        for (int i = 0; i < genome.encoder().size(); i++) {
            Gene.Dense gene = (Gene.Dense) genome.encoder().get(i);
            sum += Math.abs(Math.log(gene.units() / Math.pow(2, 8 - i)) / Math.log(2));
            sum += gene.activation() == Activation.TANH ? 0 : 0.5;
            sum += gene.dropout();
        }
        return sum + Math.abs(Math.log(genome.hyperparameters().learningRate() / 0.002));
    }
}
