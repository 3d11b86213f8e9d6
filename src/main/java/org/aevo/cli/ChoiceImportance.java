package org.aevo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.aevo.config.EvaluatorSettings;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.data.DataException;
import org.aevo.design.Designs;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.variation.RandomGenome;
import org.aevo.record.RunData;
import org.aevo.surrogate.GenomeFeatures;
import org.aevo.surrogate.Importance;

/** Which choices the fitness of a run depends on, as far as its evaluations and its space tell. */
final class ChoiceImportance {
    /** Random genomes that stand for the space. */
    private static final int REFERENCE = 400;

    private static final long SEED = 20;

    private ChoiceImportance() {}

    /** Empty where there are too few evaluations, or the space is not known here: no error of the report. */
    static Optional<Importance> of(RunData run) {
        double[] fitness = run.evaluations().doubles("fitness");
        List<Genome> genomes = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        try {
            for (int row = 0; row < fitness.length; row++) {
                // networks written by hand are not of the space
                if (Double.isFinite(fitness[row]) && Designs.parse(run.genomes().get(row)) instanceof Genome genome) {
                    genomes.add(genome);
                    values.add(fitness[row]);
                }
            }
            if (genomes.size() < Importance.LEAST) {
                return Optional.empty();
            }
            RunConfig config = SameData.atLastPlace(
                    RunConfig.parse(run.about().inputYaml(), "the run's input"),
                    run.about().dataPlace());
            SearchSpace space = space(run, config);
            RandomGenome random = new RandomGenome(space, config.evolution().rates());
            SplittableRandom stream = new SplittableRandom(SEED);
            List<Genome> reference =
                    Stream.generate(() -> random.next(stream)).limit(REFERENCE).toList();
            return Optional.of(Importance.of(
                    new GenomeFeatures(space),
                    genomes,
                    values.stream().mapToDouble(value -> value).toArray(),
                    reference));
        } catch (InputException | DataException | IllegalArgumentException e) {
            System.err.println("aevo: which choices mattered is left out: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The data are looked into only where the run does not tell the shape of its samples. */
    private static SearchSpace space(RunData run, RunConfig config) {
        if (config.evaluator() instanceof EvaluatorSettings.Simulated simulated) {
            return config.space().of(simulated.shape(), TaskClasses.simulated(config));
        }
        return run.network().isPresent() && !run.about().classifies()
                ? config.space().of(run.network().get().input(), 0)
                : Evaluators.space(config);
    }
}
