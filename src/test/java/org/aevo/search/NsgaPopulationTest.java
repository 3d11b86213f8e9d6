package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aevo.genome.GenomeText;
import org.aevo.genome.variation.ChiSquare;
import org.aevo.network.Design;
import org.aevo.random.Generators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NsgaPopulationTest {
    private static final int CAPACITY = 12;
    private static final Design DESIGN =
            GenomeText.parse("dense(16,relu) | latent(2) | upsampling | adam(lr0.001,batch32)");

    private static Member member(long id, Double... objectives) {
        Candidate candidate = new Candidate(id, 0, Candidate.NONE, Candidate.NONE, "random", DESIGN);
        return new Member(candidate, objectives[0], Arrays.asList(objectives));
    }

    private static long id(Member member) {
        return member.candidate().id();
    }

    private static Set<Long> ids(List<Member> members) {
        return members.stream().map(NsgaPopulationTest::id).collect(Collectors.toSet());
    }

    @Test
    void byHand() {
        NsgaPopulation population = new NsgaPopulation(3);
        assertTrue(population.insert(member(0, 1.0, 5.0)));
        assertTrue(population.insert(member(1, 5.0, 1.0)));
        assertTrue(population.insert(member(2, 4.0, 2.0)));
        assertEquals(List.of(), population.takeLeft());
        // dominated by the third
        assertFalse(population.insert(member(3, 4.0, 3.0)));
        assertEquals(List.of(3L), population.takeLeft());
        // one front: the neighbours of the newcomer are 3 and 3 apart, those of the third 2.5 and 2.5
        assertTrue(population.insert(member(4, 2.5, 3.5)));
        assertEquals(List.of(2L), population.takeLeft());
        // by fitness, as any population
        assertEquals(
                List.of(0L, 4L, 1L),
                population.members().stream().map(NsgaPopulationTest::id).toList());
        assertEquals(0, id(population.best().orElseThrow()));
        assertEquals(8.5 / 3, population.meanFitness());
        // it dominates all, who are the second front now, where the ends have no end of room
        assertTrue(population.insert(member(5, 0.5, 0.5)));
        assertEquals(List.of(4L), population.takeLeft());
        assertEquals(
                List.of(List.of(5L), List.of(0L, 1L)),
                population.fronts().stream()
                        .map(front -> front.stream().map(NsgaPopulationTest::id).toList())
                        .toList());
        assertTrue(population.isBetter(0, 1));
        assertFalse(population.isBetter(1, 2) || population.isBetter(2, 1), "both are ends");
        assertThrows(IllegalArgumentException.class, () -> population.insert(member(5, 0.5, 0.5)));
        Exception e = assertThrows(IllegalArgumentException.class, () -> population.insert(member(6, 0.5, 0.5, 0.5)));
        assertEquals("candidate 6 has 3 objectives where others have 2", e.getMessage());
    }

    /** As the paper says it: parents and children together are sorted, measured and cut. */
    private static final class Model {
        private List<Member> members = new ArrayList<>();
        private final Map<Long, Integer> ranks = new HashMap<>();
        private final Map<Long, Double> distances = new HashMap<>();

        private void insertAll(List<Member> newcomers) {
            List<Member> rest = new ArrayList<>(members);
            rest.addAll(newcomers);
            rest.sort(Comparator.comparing(NsgaPopulationTest::point, Dominance.LEXICOGRAPHIC)
                    .thenComparing(Comparator.naturalOrder()));
            members = new ArrayList<>();
            for (int rank = 0; members.size() < CAPACITY && !rest.isEmpty(); rank++) {
                List<Member> from = rest;
                List<Member> front = Arrays.stream(ParetoFront.of(
                                from.stream().map(NsgaPopulationTest::point).toList()))
                        .mapToObj(from::get)
                        .collect(Collectors.toCollection(ArrayList::new));
                rest = new ArrayList<>(rest);
                rest.removeAll(front);
                double[] crowding =
                        crowding(front.stream().map(NsgaPopulationTest::point).toList());
                for (int i = 0; i < front.size(); i++) {
                    ranks.put(id(front.get(i)), rank);
                    distances.put(id(front.get(i)), crowding[i]);
                }
                front.sort(Comparator.<Member>comparingDouble(m -> distances.get(id(m)))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()));
                members.addAll(front.subList(0, Math.min(front.size(), CAPACITY - members.size())));
            }
            members.sort(Comparator.naturalOrder());
        }

        /** Sorted anew by one objective after the other; what is equal stays where it was. */
        private static double[] crowding(List<double[]> front) {
            double[] distances = new double[front.size()];
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, front.size()).boxed().toList());
            int objectives = front.get(0).length;
            for (int k = 0; k < objectives; k++) {
                int objective = k;
                order.sort(Comparator.comparingDouble(i -> front.get(i)[objective]));
                double extent = front.get(order.get(order.size() - 1))[k] - front.get(order.get(0))[k];
                distances[order.get(0)] = Double.POSITIVE_INFINITY;
                distances[order.get(order.size() - 1)] = Double.POSITIVE_INFINITY;
                for (int i = 1; i < order.size() - 1 && extent > 0; i++) {
                    double apart = front.get(order.get(i + 1))[k] - front.get(order.get(i - 1))[k];
                    distances[order.get(i)] += apart / (objectives * extent);
                }
            }
            return distances;
        }

        private boolean isBetter(Member member, Member other) {
            int rank = Integer.compare(ranks.get(id(member)), ranks.get(id(other)));
            return rank < 0 || rank == 0 && distances.get(id(member)) > distances.get(id(other));
        }
    }

    private static double[] point(Member member) {
        return member.objectives().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** One by one, and generations of several sizes; of many values and of few, so that there are many fronts and equal points. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 12, 30})
    void keepsWhomThePaperKeeps(int generation) {
        for (int objectives = 2; objectives < 4; objectives++) {
            for (int values : new int[] {6, 1_000_000}) {
                Random random = new Random(values + objectives);
                NsgaPopulation population = new NsgaPopulation(CAPACITY);
                Model model = new Model();
                for (long first = 0; first < 40L * generation + 200; first += generation) {
                    List<Member> newcomers = new ArrayList<>();
                    for (long id = first; id < first + generation; id++) {
                        Double[] point = new Double[objectives];
                        Arrays.setAll(point, k -> (double) random.nextInt(values));
                        newcomers.add(member(id, point));
                    }
                    Set<Long> before = new HashSet<>(ids(population.members()));
                    before.addAll(ids(newcomers));
                    if (generation == 1) {
                        assertEquals(
                                population.insert(newcomers.get(0)),
                                population.members().contains(newcomers.get(0)));
                    } else {
                        population.insertAll(newcomers);
                    }
                    model.insertAll(newcomers);
                    assertEquals(model.members, population.members());
                    before.removeAll(ids(model.members));
                    List<Long> left = population.takeLeft();
                    assertEquals(before, new HashSet<>(left));
                    assertEquals(before.size(), left.size());
                    if (first % 3 == 0) {
                        assertOrder(model, population);
                    }
                }
            }
        }
    }

    private static void assertOrder(Model model, Population population) {
        for (int i = 0; i < population.size(); i++) {
            for (int j = 0; j < population.size(); j++) {
                assertEquals(model.isBetter(population.get(i), population.get(j)), population.isBetter(i, j));
            }
        }
    }

    /** Binary tournaments: a member wins with those pairs in which it is the better, and half of those in which none is. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void parentsAreSelectedByFrontThenCrowding(int objectives) {
        Random random = new Random(objectives);
        NsgaPopulation population = new NsgaPopulation(CAPACITY);
        for (long id = 0; id < 40; id++) {
            Double[] point = new Double[objectives];
            Arrays.setAll(point, k -> (double) random.nextInt(8));
            population.insert(member(id, point));
        }
        double[] expected = new double[CAPACITY];
        double[] others = new double[CAPACITY - 1];
        for (int i = 0; i < CAPACITY; i++) {
            for (int j = 0; j < CAPACITY; j++) {
                double wins = population.isBetter(i, j) ? 2 : population.isBetter(j, i) ? 0 : 1;
                expected[i] += wins / (CAPACITY * CAPACITY);
                if (i != 4 && j != 4) {
                    others[i < 4 ? i : i - 1] += wins / ((CAPACITY - 1) * (CAPACITY - 1));
                }
            }
        }
        assertTrue(Arrays.stream(expected).distinct().count() > 3, Arrays.toString(expected));
        TournamentSelection selection = new TournamentSelection(2);
        var draws = Generators.seeded(11);
        long[] counts = new long[CAPACITY];
        long[] otherCounts = new long[CAPACITY - 1];
        for (int i = 0; i < 20_000; i++) {
            counts[selection.select(population, draws)]++;
            int other = selection.selectOther(population, 4, draws);
            otherCounts[other < 4 ? other : other - 1]++;
        }
        ChiSquare.assertFits(expected, counts);
        ChiSquare.assertFits(others, otherCounts);
    }
}
