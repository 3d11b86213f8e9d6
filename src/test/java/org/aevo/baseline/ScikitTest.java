package org.aevo.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.aevo.data.DataKind;
import org.aevo.data.DataSettings;
import org.aevo.data.Datasets;
import org.aevo.metric.Oracle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both linear models, beside scikit-learn's of the same samples. */
class ScikitTest {
    private static final int PICTURE = 784;
    private static final int OTHERS = 100;

    @TempDir
    private Path directory;

    @Test
    void linearModelsAreThoseOfScikit() throws Exception {
        float[] pictures = load(DataSettings.of(DataKind.FASHION_MNIST).parts(2600, OTHERS, 0));
        float[] noisy = noisy(pictures);
        float[] roll = load(
                DataSettings.of(DataKind.SWISS_ROLL).samples(600).noise(0.1).parts(500, 50, 50));
        Oracle oracle = new Oracle(directory);
        PrincipalComponents many = pca(oracle, "many", pictures, PICTURE, 2500, 16);
        PrincipalComponents few = pca(oracle, "few", pictures, PICTURE, 150, 40);
        PrincipalComponents plane = pca(oracle, "plane", roll, 3, 400, 2);
        PrincipalComponents all = pca(oracle, "all", roll, 3, 400, 3);
        RidgeRegression regular = ridge(oracle, "regular", noisy, pictures, 2500, 25);
        RidgeRegression narrow = ridge(oracle, "narrow", noisy, pictures, 300, 3);
        Rows noisyRows = rows(noisy, PICTURE, 1500);
        Rows cleanRows = rows(pictures, PICTURE, 1500);
        RidgeRegression chosen = RidgeRegression.fit(noisyRows, cleanRows);
        oracle.give("choice.noisy", noisyRows.values(0, 1500));
        oracle.give("choice.clean", cleanRows.values(0, 1500));
        oracle.ask(
                "choice",
                "choice",
                PICTURE,
                150,
                String.join(
                        " ",
                        Arrays.stream(RidgeRegression.PENALTIES)
                                .mapToObj(String::valueOf)
                                .toList()));

        Map<String, Double> answers = oracle.answers(ScikitTest.class, "linear_models.py");
        same(oracle, answers, "many", many, pictures);
        same(oracle, answers, "few", few, pictures);
        same(oracle, answers, "plane", plane, roll);
        same(oracle, answers, "all", all, roll);
        same(oracle, "regular", regular, noisy);
        same(oracle, "narrow", narrow, noisy);
        String best = IntStream.range(0, RidgeRegression.PENALTIES.length)
                .mapToObj(i -> String.valueOf(RidgeRegression.PENALTIES[i]))
                .min(Comparator.comparing(penalty -> answers.get("choice error " + penalty)))
                .orElseThrow();
        assertEquals(Double.parseDouble(best) * 1500, chosen.penalty(), 1e-9, answers::toString);
    }

    private static float[] load(DataSettings.Builder settings) {
        return Datasets.load(settings.seed(5).build()).train().values();
    }

    private static float[] noisy(float[] values) {
        Random random = new Random(8);
        float[] noisy = values.clone();
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] = (float) Math.min(1, Math.max(0, noisy[i] + 0.5 * random.nextGaussian()));
        }
        return noisy;
    }

    private static Rows rows(float[] values, int size, int count) {
        return new Rows(count, size, (from, to) -> Arrays.copyOfRange(values, from * size, to * size));
    }

    /** The last ones, which no model was fitted to. */
    private static float[] others(float[] values, int size) {
        return Arrays.copyOfRange(values, values.length - OTHERS * size, values.length);
    }

    private static PrincipalComponents pca(
            Oracle oracle, String name, float[] values, int size, int count, int components) throws Exception {
        oracle.give(name + ".training", Arrays.copyOf(values, count * size));
        oracle.give(name + ".others", others(values, size));
        oracle.ask("pca", name, size, components);
        return PrincipalComponents.fit(rows(values, size, count), components);
    }

    private static void same(
            Oracle oracle, Map<String, Double> answers, String name, PrincipalComponents ours, float[] values)
            throws Exception {
        int size = values.length % PICTURE == 0 ? PICTURE : 3;
        float[] codes = ours.encode(others(values, size));
        double[] theirs = oracle.array(name + ".codes");
        for (int i = 0; i < theirs.length; i++) {
            assertEquals(Math.abs(theirs[i]), Math.abs(codes[i]), 1e-5, name + " code, whose sign is free, " + i);
        }
        close(oracle.array(name + ".reconstructions"), ours.decode(codes), 1e-5, name + " reconstruction");
        double[] shares = ours.shares();
        for (int c = 0; c < ours.components(); c++) {
            assertEquals(answers.get(name + " share " + c), shares[c], 1e-9, name + " share " + c);
        }
    }

    private static RidgeRegression ridge(
            Oracle oracle, String name, float[] noisy, float[] clean, int count, double penalty) throws Exception {
        oracle.give(name + ".noisy", Arrays.copyOf(noisy, count * PICTURE));
        oracle.give(name + ".clean", Arrays.copyOf(clean, count * PICTURE));
        oracle.give(name + ".others", others(noisy, PICTURE));
        oracle.ask("ridge", name, PICTURE, penalty);
        return RidgeRegression.fit(rows(noisy, PICTURE, count), rows(clean, PICTURE, count), penalty);
    }

    private static void same(Oracle oracle, String name, RidgeRegression ours, float[] noisy) throws Exception {
        close(oracle.array(name + ".weights"), ours.weights(), 1e-6, name + " weight");
        close(oracle.array(name + ".intercept"), ours.intercept(), 1e-6, name + " intercept");
        close(oracle.array(name + ".told"), ours.apply(others(noisy, PICTURE)), 1e-5, name + " prediction");
    }

    private static void close(double[] theirs, float[] ours, double tolerance, String what) {
        assertEquals(theirs.length, ours.length, what);
        double largest = 0;
        for (int i = 0; i < ours.length; i++) {
            assertEquals(theirs[i], ours[i], tolerance, what + " " + i);
            largest = Math.max(largest, Math.abs(ours[i]));
        }
        assertTrue(largest > 100 * tolerance, what + " is not all but nothing");
    }
}
