package org.aevo.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassificationTest {
    private final Random random = new Random(8);
    private final Map<String, Double> ours = new LinkedHashMap<>();

    @Test
    void figuresAreThoseOfScikit(@TempDir Path directory) throws Exception {
        Oracle oracle = new Oracle(directory);
        ask(oracle, "some", 500, 7, c -> true, c -> true);
        ask(oracle, "two", 60, 2, c -> true, c -> true);
        ask(oracle, "no-truth", 200, 5, c -> c != 3, c -> true);
        ask(oracle, "never-told", 200, 5, c -> true, c -> c != 0);
        ask(oracle, "unseen", 300, 9, c -> c != 2 && c != 8, c -> c != 2 && c != 8 && c != 4);
        ask(oracle, "one-told", 40, 4, c -> true, c -> c == 1);
        ask(oracle, "apart", 40, 4, c -> c < 2, c -> c >= 2);
        Map<String, Double> answers = oracle.answers(ClassificationTest.class, "classification.py");
        assertEquals(answers.keySet(), ours.keySet());
        answers.forEach((name, answer) -> assertEquals(answer, ours.get(name), 1e-12, name));
    }

    /**
     * Numbers are so near that no probability is below 1e-16, where scikit-learn clamps.
     *
     * @param told which classes may be the largest
     */
    private void ask(Oracle oracle, String name, int count, int classes, IntPredicate truth, IntPredicate told)
            throws Exception {
        float[] logits = new float[count * classes];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            do {
                labels[i] = random.nextInt(classes);
            } while (!truth.test(labels[i]));
            for (int c = 0; c < classes; c++) {
                double bump = c == labels[i] ? 1.5 : 0;
                logits[i * classes + c] = (float) (2 * random.nextGaussian() + bump - (told.test(c) ? 0 : 15));
            }
        }
        oracle.give(name + ".logits", logits);
        oracle.give(name + ".labels", labels);
        oracle.ask(name, classes);
        Classification measured = new Classification(classes);
        int first = count / 3;
        measured.add(Arrays.copyOf(logits, first * classes), labels, 0);
        measured.add(Arrays.copyOfRange(logits, first * classes, logits.length), labels, first);
        ours.put(name + " accuracy", measured.accuracy());
        ours.put(name + " f1", measured.macroF1());
        ours.put(name + " entropy", measured.crossEntropy());
        long[][] counts = measured.confusion().counts();
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                ours.put(name + " " + i + " " + j, (double) counts[i][j]);
            }
        }
        assertEquals(count, measured.confusion().samples());
    }

    /** Where probabilities are 0 in any floating-point number, their logarithms are not clamped. */
    @Test
    void nothingIsClamped() {
        float[] far = {1e30f, -1e30f, 0};
        assertEquals(0, Logits.crossEntropy(far, 0, 3, 0));
        assertEquals(2 * (double) 1e30f, Logits.crossEntropy(far, 0, 3, 1));
        assertEquals((double) 1e30f, Logits.crossEntropy(far, 0, 3, 2));
        assertEquals(Math.log(3) + 5000, Logits.logSumExp(new float[] {9, 5000, 5000, 5000}, 1, 3));
        assertEquals(-5000 + Math.log(2), Logits.logSumExp(new float[] {-5000, -5000}, 0, 2));
        assertEquals(Math.exp(-40), Logits.crossEntropy(new float[] {40, 0}, 0, 2, 0), 1e-15);
        float[] probabilities = new float[5];
        Logits.softmax(new float[] {7, 1000, 1000, -1000, 7}, 1, 3, probabilities);
        assertArrayEquals(new float[] {0, 0.5f, 0.5f, 0, 0}, probabilities);
    }

    @Test
    void theFirstOfTheLargestIsPredicted() {
        Classification measured = new Classification(3);
        measured.add(new float[] {1, 5, 5, 2, 2, 2}, new int[] {2, 0}, 0);
        assertArrayEquals(
                new long[][] {{1, 0, 0}, {0, 0, 0}, {0, 1, 0}},
                measured.confusion().counts());
        assertEquals(0.5, measured.accuracy());
    }

    @Test
    void whatIsNotFiniteIsNotMeasured() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            Classification measured = new Classification(2);
            measured.add(new float[] {1, 2}, new int[] {1, 0}, 0);
            assertEquals(1, measured.accuracy());
            measured.add(new float[] {bad, 2}, new int[] {1, 0}, 1);
            assertTrue(Double.isNaN(measured.accuracy()));
            assertTrue(Double.isNaN(measured.crossEntropy()));
            assertTrue(Double.isNaN(measured.macroF1()));
        }
        Classification none = new Classification(2);
        assertTrue(Double.isNaN(none.accuracy()) && Double.isNaN(none.crossEntropy()) && Double.isNaN(none.macroF1()));
    }

    @Test
    void argumentsAreChecked() {
        Classification measured = new Classification(3);
        assertThrows(IllegalArgumentException.class, () -> measured.add(new float[4], new int[] {0, 1}, 0));
        assertThrows(IllegalArgumentException.class, () -> measured.add(new float[6], new int[] {0, 1}, 1));
        assertThrows(IllegalArgumentException.class, () -> new Classification(0));
        long[][] counts = measured.confusion().counts();
        counts[0][0] = 5;
        assertEquals(0, measured.confusion().counts()[0][0], "a copy");
    }
}
