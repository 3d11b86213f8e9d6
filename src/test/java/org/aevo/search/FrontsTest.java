package org.aevo.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.aevo.genome.GenomeText;
import org.aevo.network.Design;
import org.aevo.record.Outside;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontsTest {
    private static final Design DESIGN =
            GenomeText.parse("dense(16,relu) | latent(2) | upsampling | adam(lr0.001,batch32)");

    /** What the functions of DEAP say of points: fronts by number, distances by number, and the numbers of those who stay. */
    private static final String DEAP =
            """
            import sys
            from deap import base, tools

            class Fitness(base.Fitness):
                pass

            class Point:
                pass

            for line in sys.argv[1:]:
                keep, *rows = line.split(';')
                points = []
                for number, row in enumerate(rows):
                    values = [float(x) for x in row.split(',')]
                    Fitness.weights = (-1.0,) * len(values)
                    point = Point()
                    point.number = number
                    point.fitness = Fitness(values)
                    points.append(point)
                ranks = {}
                for rank, front in enumerate(tools.sortNondominated(points, len(points))):
                    tools.emo.assignCrowdingDist(front)
                    ranks.update((p.number, rank) for p in front)
                distances = [p.fitness.crowding_dist for p in points]
                kept = tools.selNSGA2(points, int(keep))
                print(*(ranks[i] for i in range(len(points))), sep=',')
                print(*(repr(d).replace('inf', 'Infinity') for d in distances), sep=',')
                print(*sorted(p.number for p in kept), sep=',')
            """;

    private static Individual individual(int id, double... objectives) {
        Candidate candidate = new Candidate(id, 0, Candidate.NONE, Candidate.NONE, "random", DESIGN);
        return new Individual(
                new Member(candidate, id, Arrays.stream(objectives).boxed().toList()));
    }

    private static int id(Individual individual) {
        return (int) individual.member().candidate().id();
    }

    private static List<Set<Integer>> ids(Fronts fronts) {
        return fronts.individuals().stream()
                .map(front -> (Set<Integer>)
                        front.stream().map(FrontsTest::id).collect(Collectors.toCollection(TreeSet::new)))
                .toList();
    }

    private static Fronts of(List<double[]> points) {
        Fronts fronts = new Fronts();
        for (int i = 0; i < points.size(); i++) {
            fronts.add(individual(i, points.get(i)));
        }
        return fronts;
    }

    /** Two objectives, of which the front is 0, 3 and 5; 1 is worse than 0, and 4 than 1 and 3. */
    @Test
    void byHand() {
        List<double[]> points = List.of(
                new double[] {1, 5},
                new double[] {2, 6},
                new double[] {4, 4},
                new double[] {3, 3},
                new double[] {4, 7},
                new double[] {6, 1});
        Fronts fronts = of(points);
        assertEquals(List.of(Set.of(0, 3, 5), Set.of(1, 2), Set.of(4)), ids(fronts));
        // 3 moves on, and before it 2, and before that 4
        fronts.add(individual(6, 2, 2));
        assertEquals(List.of(Set.of(0, 5, 6), Set.of(1, 3), Set.of(2), Set.of(4)), ids(fronts));
        // it dominates all: each front is the next
        fronts.add(individual(7, 0, 0));
        assertEquals(List.of(Set.of(7), Set.of(0, 5, 6), Set.of(1, 3), Set.of(2), Set.of(4)), ids(fronts));
        assertEquals(List.of(4), fronts.cutTo(7).stream().map(FrontsTest::id).toList());
        assertEquals(
                List.of(2, 1, 3), fronts.cutTo(4).stream().map(FrontsTest::id).toList());
        // in the front of 0, 6 and 5 there is room at the ends
        assertEquals(List.of(6), fronts.cutTo(3).stream().map(FrontsTest::id).toList());
        // of two ends that of the lower fitness stays
        assertEquals(List.of(5), fronts.cutTo(2).stream().map(FrontsTest::id).toList());
        assertEquals(List.of(Set.of(7), Set.of(0)), ids(fronts));
    }

    /** By peeling off what nobody dominates, as the definition says; many are equal, and those who leave are left out. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void areTheSameAsSortedAnew(int objectives) {
        Random random = new Random(objectives);
        Fronts fronts = new Fronts();
        List<Individual> alive = new ArrayList<>();
        for (int id = 0; id < 600; id++) {
            int values = id % 200 < 100 ? 6 : 1000;
            double[] point = IntStream.range(0, objectives)
                    .mapToDouble(k -> random.nextInt(values))
                    .toArray();
            alive.add(individual(id, point));
            fronts.add(alive.get(alive.size() - 1));
            if (id % 3 == 2 && alive.size() > 40) {
                alive.removeAll(new HashSet<>(fronts.cutTo(40)));
            }
            assertEquals(peeled(alive), ids(fronts));
        }
    }

    private static List<Set<Integer>> peeled(List<Individual> individuals) {
        List<Set<Integer>> fronts = new ArrayList<>();
        List<Individual> rest = new ArrayList<>(individuals);
        while (!rest.isEmpty()) {
            List<Individual> front = Arrays.stream(ParetoFront.of(
                            rest.stream().map(Individual::objectives).toList()))
                    .mapToObj(rest::get)
                    .toList();
            fronts.add(front.stream().map(FrontsTest::id).collect(Collectors.toCollection(TreeSet::new)));
            rest.removeAll(front);
        }
        return fronts;
    }

    /** What DEAP's functions make of the same points: of random ones, and of such that many are equal in an objective. */
    @Test
    void areThoseOfDeap() throws Exception {
        Random random = new Random(8);
        List<List<double[]>> trials = new ArrayList<>();
        for (int trial = 0; trial < 24; trial++) {
            int objectives = 2 + trial % 3;
            // equal points are each other's neighbours in the order of the program; of two objectives it is that of
            // DEAP
            int values = trial % 6 == 0 ? 9 : Integer.MAX_VALUE;
            List<double[]> points = new ArrayList<>();
            for (int i = 0; i < 12 + 2 * trial; i++) {
                points.add(DoubleStream.generate(() -> random.nextInt(values))
                        .limit(objectives)
                        .toArray());
            }
            trials.add(points);
        }
        String[] lines = trials.stream()
                .map(points -> points.size() / 2 + ";"
                        + points.stream()
                                .map(p -> Arrays.stream(p)
                                        .mapToObj(Double::toString)
                                        .collect(Collectors.joining(",")))
                                .collect(Collectors.joining(";")))
                .toArray(String[]::new);
        String[] answers = Outside.deap(DEAP, lines).split("\n");
        assertEquals(3 * trials.size(), answers.length);
        for (int trial = 0; trial < trials.size(); trial++) {
            List<double[]> points = trials.get(trial);
            Fronts fronts = of(points);
            int[] ranks = new int[points.size()];
            double[] distances = new double[points.size()];
            for (int rank = 0; rank < fronts.individuals().size(); rank++) {
                for (Individual individual : fronts.individuals().get(rank)) {
                    ranks[id(individual)] = rank;
                    distances[id(individual)] = individual.crowding();
                }
            }
            assertEquals(answers[3 * trial], text(Arrays.stream(ranks).boxed().toList()));
            assertEquals(
                    answers[3 * trial + 1],
                    text(Arrays.stream(distances).boxed().toList()));
            fronts.cutTo(points.size() / 2);
            // which of equally crowded ones stays is said by DEAP's order of places, and here by fitness
            List<String> kept = fronts.individuals().stream()
                    .flatMap(List::stream)
                    .map(individual -> ranks[id(individual)] + ":" + distances[id(individual)])
                    .sorted()
                    .toList();
            List<String> keptThere = Arrays.stream(answers[3 * trial + 2].split(","))
                    .map(Integer::valueOf)
                    .map(id -> ranks[id] + ":" + distances[id])
                    .sorted()
                    .toList();
            assertEquals(keptThere, kept);
        }
    }

    private static String text(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(","));
    }
}
