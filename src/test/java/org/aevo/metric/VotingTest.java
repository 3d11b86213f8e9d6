package org.aevo.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VotingTest {
    private static final int SAMPLES = 300;

    private final Random random = new Random(19);
    private final Map<String, Double> ours = new LinkedHashMap<>();

    @Test
    void votesAndDiversityAreThoseOfScikit(@TempDir Path directory) throws Exception {
        Oracle oracle = new Oracle(directory);
        ask(oracle, "five", 5, 10);
        ask(oracle, "even", 4, 3);
        ask(oracle, "two", 2, 2);
        ask(oracle, "many", 9, 6);
        Map<String, Double> answers = oracle.answers(VotingTest.class, "voting.py");
        assertEquals(answers.keySet(), new TreeMap<>(ours).keySet());
        answers.forEach((name, answer) -> assertEquals(answer, ours.get(name), 1e-12, name));
    }

    /** Classes are told in halves of the probability, so that many means are equal. */
    private void ask(Oracle oracle, String name, int members, int classes) throws Exception {
        int[] labels = random.ints(SAMPLES, 0, classes).toArray();
        List<float[]> all = new ArrayList<>();
        for (int m = 0; m < members; m++) {
            float[] probabilities = new float[SAMPLES * classes];
            for (int i = 0; i < SAMPLES; i++) {
                int first = random.nextInt(3) > 0 ? labels[i] : random.nextInt(classes);
                probabilities[i * classes + first] += 0.5f;
                probabilities[i * classes + random.nextInt(classes)] += 0.5f;
            }
            oracle.give(name + "." + m, probabilities);
            all.add(probabilities);
        }
        oracle.give(name + ".labels", labels);
        oracle.ask(name, members, classes);
        List<int[]> told = all.stream().map(each -> Voting.told(each, classes)).toList();
        put(name + " hard", Voting.majority(told, classes), labels);
        put(name + " soft", Voting.told(Voting.meanProbabilities(all), classes), labels);
        Diversity diversity = Diversity.of(told, labels);
        ours.put(name + " disagreement", diversity.disagreement());
        ours.put(name + " phi", diversity.errorCorrelation());
    }

    private void put(String name, int[] told, int[] labels) {
        ours.put(name, Labels.accuracy(told, labels));
        for (int i = 0; i < told.length; i++) {
            ours.put(name + " " + i, (double) told[i]);
        }
    }

    @Test
    void theFirstOfEqualClassesIsElected() {
        assertArrayEquals(
                new int[] {1, 0, 2},
                Voting.majority(List.of(new int[] {2, 0, 2}, new int[] {1, 1, 2}, new int[] {1, 2, 0}), 3));
        assertArrayEquals(
                new int[] {1},
                Voting.told(Voting.meanProbabilities(List.of(new float[] {0, 1, 0}, new float[] {0, 0, 1})), 3));
    }

    @Test
    void pairsWithoutACorrelationAreLeftOut() {
        int[] labels = {0, 1, 0, 1};
        int[] right = labels.clone();
        int[] half = {0, 1, 1, 0};
        int[] other = {1, 1, 0, 0};
        Diversity two = Diversity.of(List.of(right, half), labels);
        assertEquals(0.5, two.disagreement());
        assertTrue(Double.isNaN(two.errorCorrelation()), "the one has no errors");
        assertEquals(1, Diversity.of(List.of(right, half, half), labels).errorCorrelation());
        assertEquals(0, Diversity.of(List.of(right, half, other), labels).errorCorrelation());
        assertEquals(new Diversity(Double.NaN, Double.NaN), Diversity.of(List.of(half), labels));
        assertEquals(new Diversity(Double.NaN, Double.NaN), Diversity.of(List.of(new int[0], new int[0]), new int[0]));
    }

    /** Counts whose products exceed whole numbers. */
    @Test
    void manySamplesDoNotOverflow() {
        int samples = 400_000;
        int[] labels = new int[samples];
        int[] a = new int[samples];
        int[] b = new int[samples];
        Arrays.fill(a, 0, samples / 2, 1);
        Arrays.fill(b, samples / 4, 3 * samples / 4, 1);
        assertEquals(0, Diversity.of(List.of(a, b), labels).errorCorrelation());
        assertEquals(1, Diversity.of(List.of(a, a), labels).errorCorrelation());
    }

    @Test
    void argumentsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> Voting.majority(List.of(), 3));
        assertThrows(IllegalArgumentException.class, () -> Voting.meanProbabilities(List.of()));
        assertThrows(IllegalArgumentException.class, () -> Voting.majority(List.of(new int[2], new int[3]), 3));
        assertThrows(
                IllegalArgumentException.class, () -> Voting.meanProbabilities(List.of(new float[2], new float[4])));
        assertThrows(IllegalArgumentException.class, () -> Voting.majority(List.of(new int[] {3}), 3));
        assertThrows(IllegalArgumentException.class, () -> Diversity.of(List.of(new int[2]), new int[3]));
    }
}
