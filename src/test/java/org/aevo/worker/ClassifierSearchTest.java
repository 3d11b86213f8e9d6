package org.aevo.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.aevo.design.HandmadeNetwork;
import org.aevo.genome.Family;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.SearchSpaceBuilder;
import org.aevo.genome.variation.VariationRates;
import org.aevo.network.Design;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.EvolutionSettings;
import org.aevo.search.Figure;
import org.aevo.search.Job;
import org.aevo.search.Mode;
import org.aevo.search.Proposal;
import org.aevo.search.SearchStrategy;
import org.aevo.search.Strategies;
import org.aevo.search.StrategyKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Searches of classifiers with simulated evaluations, on one thread for each worker. */
class ClassifierSearchTest {
    private static final int EVALUATIONS = 160;
    private static final EvolutionSettings SETTINGS =
            new EvolutionSettings(16, 16, 8, 3, 100, VariationRates.defaults().withSkips(0.3, 0.1));

    private record Told(Candidate candidate, Evaluation evaluation) {}

    private static SearchSpace space(Family family) {
        return SearchSpaceBuilder.classifier(family, new Shape(1, 28, 28), 10).build();
    }

    private static SimulatedEvaluator evaluator(SearchSpace space) {
        return new SimulatedEvaluator(new DurationDistribution.LogNormal(0.0003, 1), space::blueprint);
    }

    /** All that was told, in the order of candidates. */
    private static List<Told> run(SearchSpace space, StrategyKind kind, Mode mode, int workers) throws Exception {
        SearchStrategy search = Strategies.create(kind, mode, space, SETTINGS, 11);
        SimulatedEvaluator evaluator = evaluator(space);
        List<Told> told = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            CompletionService<Told> results = new ExecutorCompletionService<>(threads);
            int asked = 0;
            while (told.size() < EVALUATIONS) {
                boolean free = asked - told.size() < workers && asked < EVALUATIONS;
                if (free && search.ask() instanceof Proposal.Next next) {
                    Candidate candidate = next.candidate();
                    results.submit(() -> new Told(
                            candidate,
                            evaluator
                                    .evaluate(new Job(candidate, candidate.id(), 0))
                                    .evaluation()));
                    asked++;
                } else {
                    Told next = results.take().get();
                    search.tell(next.evaluation());
                    told.add(next);
                }
            }
        } finally {
            threads.shutdownNow();
        }
        told.sort(Comparator.comparing(t -> t.candidate().id()));
        return told;
    }

    private static List<String> decisions(List<Told> told) {
        return told.stream()
                .map(t -> t.candidate() + " " + t.evaluation().fitness())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aSynchronousRunIsTheSameOnAnyNumberOfWorkers(Family family) throws Exception {
        SearchSpace space = space(family);
        List<Told> alone = run(space, StrategyKind.GENETIC, Mode.SYNC, 1);
        assertEquals(decisions(alone), decisions(run(space, StrategyKind.GENETIC, Mode.SYNC, 3)));
        assertEquals(10, alone.get(EVALUATIONS - 1).candidate().generation() + 1);
    }

    /** Of autoencoders, too. */
    @ParameterizedTest
    @EnumSource(names = {"AGING", "LOCAL"})
    void soAreThoseOfOtherStrategies(StrategyKind kind) throws Exception {
        SearchSpace autoencoders = SearchSpace.defaults(Family.MIXED, new Shape(1, 28, 28), 8);
        for (SearchSpace space : List.of(space(Family.MIXED), autoencoders)) {
            List<Told> alone = run(space, kind, Mode.SYNC, 1);
            assertEquals(decisions(alone), decisions(run(space, kind, Mode.SYNC, 3)));
            assertTrue(alone.stream().anyMatch(t -> t.candidate().parentA() >= 0));
            alone.forEach(
                    t -> assertEquals(List.of(), space.violations(t.candidate().genome())));
        }
    }

    @ParameterizedTest
    @CsvSource({"SYNC,MIXED", "ASYNC,MIXED", "ASYNC,DENSE", "ASYNC,CONVOLUTIONAL"})
    void evolutionStaysInTheSpaceAndGetsOn(Mode mode, Family family) throws Exception {
        SearchSpace space = space(family);
        List<Told> told = run(space, StrategyKind.GENETIC, mode, 3);
        Set<String> genomes = new HashSet<>();
        Set<String> operators = new HashSet<>();
        for (Told each : told) {
            assertEquals(List.of(), space.violations(each.candidate().genome()));
            assertTrue(genomes.add(each.candidate().genome().toString()), "twice: " + each);
            operators.addAll(List.of(each.candidate().operator().split("\\+")));
        }
        assertTrue(
                operators.containsAll(
                        Set.of("random", "crossover", "add-gene", "delete-gene", "mutate-gene", "add-skip")),
                operators::toString);
        assertFalse(operators.contains("mutate-upscaling"));
        assertTrue(mean(told.subList(EVALUATIONS - 40, EVALUATIONS)) < 0.9 * mean(told.subList(0, 16)));
    }

    /** From networks without what they need not have, by one mutation at a time. */
    @ParameterizedTest
    @EnumSource(Family.class)
    void tournamentsOfPairsStayInTheSpaceAndGetOn(Family family) throws Exception {
        SearchSpace space = space(family);
        List<Told> told = run(space, StrategyKind.PAIRWISE, Mode.ASYNC, 3);
        for (Told each : told) {
            assertEquals(List.of(), space.violations(each.candidate().genome()));
            assertFalse(each.candidate().operator().contains("+"), each::toString);
            assertEquals(
                    each.candidate().id() < SETTINGS.population(),
                    each.candidate().operator().equals("trivial"));
        }
        assertTrue(mean(told.subList(EVALUATIONS - 40, EVALUATIONS)) < 0.95 * mean(told.subList(0, 16)));
    }

    private static double mean(List<Told> told) {
        return told.stream()
                .mapToDouble(t -> t.evaluation().fitness())
                .average()
                .orElseThrow();
    }

    /** What is measured of a classifier is no reconstruction. */
    @Test
    void scoresAreThoseOfClassifiers() {
        SearchSpace space = space(Family.MIXED);
        Genome genome = GenomeText.parse(
                "conv(32,k3,s1,relu) pool(2) | dense(128,relu,drop0.3) | softmax | adam(lr0.001,batch128)");
        Evaluation evaluation = evaluator(space)
                .evaluate(new Job(new Candidate(0, 0, -1, -1, "random", genome), 5, 0))
                .evaluation();
        assertEquals(EvaluationStatus.OK, evaluation.status());
        assertTrue(Double.isNaN(evaluation.score().validationLoss()));
        assertEquals(
                Map.of(Figure.CROSS_ENTROPY, evaluation.fitness()),
                evaluation.score().figures());
        assertEquals(evaluation.score().figures(), evaluation.curve().get(0).figures());
        assertEquals(804_554, evaluation.effort().parameters());
        Design byHand = HandmadeNetwork.of("x", space.blueprint(genome), genome.hyperparameters());
        Evaluation other = evaluator(space)
                .evaluate(new Job(new Candidate(0, 0, -1, -1, "listed", byHand), 5, 0))
                .evaluation();
        assertEquals(evaluation.fitness(), other.fitness());
    }
}
