package org.aevo.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.aevo.design.HandmadeNetwork;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Criterion;
import org.aevo.search.Evaluation;
import org.aevo.search.Job;
import org.junit.jupiter.api.Test;

class SimulatedEvaluatorTest {
    private static final Shape SAMPLES = Shape.vector(20);

    private static Candidate candidate(String genes) {
        return new Candidate(
                3, 0, -1, -1, "random", GenomeText.parse(genes + " | latent(8) | upsampling | adam(lr0.002,batch64)"));
    }

    private static Genome free(String decoder) {
        return GenomeText.parse("dense(64,relu) | latent(8) | " + decoder + " | adam(lr0.002,batch64)");
    }

    private static Evaluation evaluate(Candidate candidate, long seed) {
        return new SimulatedEvaluator(
                        new DurationDistribution.LogNormal(0.001, 0.5),
                        design -> design.unfold(SAMPLES, Activation.SIGMOID))
                .evaluate(new Job(candidate, seed, 0))
                .evaluation();
    }

    @Test
    void fitnessComesFromGenomeAndSeedAlone() {
        Candidate c = candidate("dense(64,relu)");
        assertEquals(evaluate(c, 5).fitness(), evaluate(c, 5).fitness());
        assertNotEquals(evaluate(c, 5).fitness(), evaluate(c, 6).fitness());
        assertEquals(
                20 * 64 + 64 + 64 * 8 + 8 + 8 * 64 + 64 + 64 * 20 + 20,
                evaluate(c, 5).effort().parameters());
        assertTrue(evaluate(c, 5).seconds() > 0);
    }

    @Test
    void objectivesAreTheNetworksOwnAndTheInventedFitness() {
        Candidate c = candidate("dense(64,relu)");
        List<Criterion> criteria = List.of(
                Criterion.OPERATIONS,
                Criterion.SSIM,
                Criterion.PSNR,
                Criterion.TRAINING_SECONDS,
                Criterion.CODE_SIZE,
                Criterion.PARAMETERS);
        List<Double> first = objectives(c, criteria);
        assertEquals(first, objectives(c, criteria), "the same from the genome and the seed alone");
        Blueprint blueprint = c.design().unfold(SAMPLES, Activation.SIGMOID);
        double fitness = evaluate(c, 5).fitness();
        assertEquals(blueprint.forwardOperations(), first.get(0));
        assertEquals(fitness, first.get(1), 1e-12);
        assertEquals(10 * Math.log10(fitness), first.get(2));
        assertTrue(first.get(3) > 0);
        assertEquals(8, first.get(4));
        assertEquals(blueprint.parameters(), first.get(5));
        assertEquals(List.of(), evaluate(c, 5).score().objectives());
    }

    private static List<Double> objectives(Candidate candidate, List<Criterion> criteria) {
        return new SimulatedEvaluator(
                        new DurationDistribution.LogNormal(0.001, 0.5),
                        design -> design.unfold(SAMPLES, Activation.SIGMOID),
                        criteria)
                .evaluate(new Job(candidate, 5, 0))
                .evaluation()
                .score()
                .objectives();
    }

    /** A network that was written by hand is as good as the genome that it could be. */
    @Test
    void networksWrittenByHandHaveAPlaceInTheLandscape() {
        Candidate genome = candidate("dense(64,relu)");
        Blueprint blueprint = genome.design().unfold(SAMPLES, Activation.SIGMOID);
        Design byHand = HandmadeNetwork.of("x", blueprint, genome.design().hyperparameters());
        assertEquals(
                evaluate(genome, 5).fitness(),
                evaluate(new Candidate(3, 0, -1, -1, "listed", byHand), 5).fitness());
    }

    @Test
    void theLandscapeHasSomethingToFind() {
        String good = "dense(64,relu) dense(64,relu) dense(64,relu) dense(64,relu)";
        assertTrue(SimulatedEvaluator.landscape(candidate(good).genome())
                < SimulatedEvaluator.landscape(candidate("dense(512,tanh)").genome()));
        assertTrue(SimulatedEvaluator.landscape(free("upconv(64,k3,x2,relu) deconv(64,k3,s2,relu)"))
                < SimulatedEvaluator.landscape(free("upconv(64,k3,x2,relu) deconv(5,k3,s2,elu)")));
        assertTrue(SimulatedEvaluator.landscape(free(good + " skip(0,3)"))
                < SimulatedEvaluator.landscape(free(good + " skip(0,2)")));
    }

    @Test
    void lognormalDurationsHaveTheirMeanAndVariation() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        DurationDistribution distribution = new DurationDistribution.LogNormal(2, 0.5);
        int n = 200_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double x = distribution.sample(random);
            sum += x;
            squares += x * x;
        }
        double mean = sum / n;
        double deviation = Math.sqrt(squares / n - mean * mean);
        assertEquals(2, mean, 0.01);
        assertEquals(0.5, deviation / mean, 0.01);
    }

    @Test
    void impossibleDistributionsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new DurationDistribution.Constant(-1));
        assertThrows(IllegalArgumentException.class, () -> new DurationDistribution.LogNormal(Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> new DurationDistribution.LogNormal(1, -1));
        assertThrows(IllegalArgumentException.class, () -> new DurationDistribution.Recorded(new double[0]));
    }
}
