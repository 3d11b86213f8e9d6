package org.aevo.data;

import static org.aevo.data.DataErrors.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyntheticSourceTest {

    private static double[][] samples(DataSettings settings, int[] labels) {
        DataSource source = new SyntheticSource(settings);
        int count = source.contents().training();
        double[][] samples = new double[count][];
        source.read(DataSource.Part.TRAINING, IntStream.range(0, count).toArray(), (slot, values, label) -> {
            samples[slot] = values.clone();
            labels[slot] = label;
        });
        return samples;
    }

    private static double[][] samples(DataSettings.Builder settings) {
        DataSettings built = settings.build();
        return samples(built, new int[built.samples()]);
    }

    /** x = t cos t, z = t sin t: the radius is t, and the angle is t up to whole turns. */
    @Test
    void aSwissRollIsASpiralAlongAnAxis() {
        double sum = 0;
        double[][] points =
                samples(DataSettings.of(DataKind.SWISS_ROLL).samples(5000).seed(1));
        for (double[] p : points) {
            double t = Math.hypot(p[0], p[2]);
            assertTrue(t >= 1.5 * Math.PI - 1e-9 && t <= 4.5 * Math.PI + 1e-9, "t = " + t);
            assertEquals(t * Math.cos(t), p[0], 1e-9);
            assertEquals(t * Math.sin(t), p[2], 1e-9);
            assertTrue(p[1] >= 0 && p[1] <= 21);
            sum += t;
        }
        // uniform: standard error of the mean 3 pi / sqrt(12 * 5000) = 0.038
        assertEquals(3 * Math.PI, sum / points.length, 4 * 0.0385);
    }

    /** x = sin t, z = sign(t) (cos t - 1): two arcs of unit radius around (0, -1) and (0, 1). */
    @Test
    void anSCurveIsTwoArcs() {
        double upper = 0;
        double[][] points =
                samples(DataSettings.of(DataKind.S_CURVE).samples(5000).seed(2));
        for (double[] p : points) {
            assertTrue(p[1] >= 0 && p[1] <= 2);
            double centre = p[2] > 0 ? 1 : -1;
            assertEquals(1, Math.hypot(p[0], p[2] - centre), 1e-9);
            assertTrue(Math.abs(p[2]) <= 2);
            upper += p[2] > 0 ? 1 : 0;
        }
        assertEquals(0.5, upper / points.length, 4 * 0.5 / Math.sqrt(5000));
    }

    @Test
    void noiseIsGaussianOfTheGivenDeviation() {
        DataSettings.Builder roll =
                DataSettings.of(DataKind.SWISS_ROLL).samples(5000).seed(3);
        double[][] clean = samples(roll.noise(0));
        double[][] noisy = samples(roll.noise(0.5));
        double squares = 0;
        for (int i = 0; i < clean.length; i++) {
            for (int k = 0; k < 3; k++) {
                squares += Math.pow(noisy[i][k] - clean[i][k], 2);
            }
        }
        assertEquals(0.5, Math.sqrt(squares / 15_000), 0.5 * 4 / Math.sqrt(30_000));
    }

    @Test
    void blobsAreClustersOfEqualSizeWithLabels() {
        DataSettings settings = DataSettings.of(DataKind.BLOBS)
                .samples(4001)
                .features(5)
                .centers(4)
                .noise(0.3)
                .seed(4)
                .build();
        int[] labels = new int[4001];
        double[][] points = samples(settings, labels);
        double[][] means = new double[4][5];
        int[] sizes = new int[4];
        for (int i = 0; i < points.length; i++) {
            sizes[labels[i]]++;
            for (int k = 0; k < 5; k++) {
                means[labels[i]][k] += points[i][k];
            }
        }
        assertArrayEquals(new int[] {1001, 1000, 1000, 1000}, sizes);
        double squares = 0;
        for (int i = 0; i < points.length; i++) {
            for (int k = 0; k < 5; k++) {
                double mean = means[labels[i]][k] / sizes[labels[i]];
                assertTrue(Math.abs(mean) <= 10.1);
                squares += Math.pow(points[i][k] - mean, 2);
            }
        }
        assertEquals(0.3, Math.sqrt(squares / (4001 * 5)), 0.01);
    }

    @Test
    void theSeedAloneDecides() {
        double[][] one = samples(DataSettings.of(DataKind.S_CURVE).samples(50).seed(5));
        assertArrayEquals(
                one, samples(DataSettings.of(DataKind.S_CURVE).samples(50).seed(5)));
        assertNotEquals(
                one[0][0], samples(DataSettings.of(DataKind.S_CURVE).samples(50).seed(6))[0][0]);
    }

    @Test
    void defaultsAreThoseOfTheDocumentation() {
        Contents blobs = new SyntheticSource(DataSettings.of(DataKind.BLOBS).build()).contents();
        assertEquals(1000, blobs.training());
        assertEquals(2, blobs.channels());
        assertTrue(blobs.labelled());
        assertEquals(
                3,
                new SyntheticSource(DataSettings.of(DataKind.S_CURVE).build())
                        .contents()
                        .channels());
    }

    @Test
    void tooMuchIsRefused() {
        assertFails(
                () -> new SyntheticSource(
                        DataSettings.of(DataKind.S_CURVE).samples(10_000_001).build()),
                "data.samples of s-curve must be at most 10000000, was 10000001");
        assertFails(
                () -> new SyntheticSource(
                        DataSettings.of(DataKind.BLOBS).samples(5).centers(6).build()),
                "data.centers of blobs must be at most 5, was 6");
    }
}
