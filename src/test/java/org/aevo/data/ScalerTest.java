package org.aevo.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ScalerTest {

    private static float[] scale(Scaler scaler, double... sample) {
        float[] target = new float[sample.length + 2];
        scaler.scale(sample, target, 1);
        return java.util.Arrays.copyOfRange(target, 1, sample.length + 1);
    }

    @Test
    void bytesAreDividedBy255() {
        assertArrayEquals(new float[] {0, 1, 51 / 255f}, scale(Scaler.BYTES, 0, 255, 51));
    }

    @Test
    void eachFeatureHasItsRangeAndWhatIsOutsideIsClipped() {
        Scaler.Ranges scaler = new Scaler.Ranges(true, 3);
        scaler.see(new double[] {-1, 10, 5});
        scaler.see(new double[] {3, 20, 5});
        assertArrayEquals(new float[] {0, 1, 0}, scale(scaler.scaler(), -1, 20, 5));
        assertArrayEquals(new float[] {0.25f, 0.5f, 0}, scale(scaler.scaler(), 0, 15, 5));
        assertArrayEquals(new float[] {1, 0, 0}, scale(scaler.scaler(), 100, -100, 7));
    }

    @Test
    void oneRangeForAll() {
        Scaler.Ranges scaler = new Scaler.Ranges(false, 2);
        scaler.see(new double[] {-1, 3});
        assertArrayEquals(new float[] {0.5f, 1}, scale(scaler.scaler(), 1, 5));
    }

    @Test
    void theWholeRangeOfDoublesIsScaled() {
        Scaler.Ranges scaler = new Scaler.Ranges(false, 2);
        scaler.see(new double[] {-Double.MAX_VALUE, Double.MAX_VALUE});
        assertArrayEquals(new float[] {0, 0.5f, 1}, scale(scaler.scaler(), -Double.MAX_VALUE, 0, Double.MAX_VALUE));
        Scaler.Ranges tiny = new Scaler.Ranges(false, 2);
        tiny.see(new double[] {0, Double.MIN_VALUE});
        assertArrayEquals(new float[] {0, 0}, scale(tiny.scaler(), 0, Double.MIN_VALUE));
    }

    @Test
    void scaledValuesGoBackToTheUnitsOfTheData() {
        Scaler scaler = Scaler.of(Scaler.Rule.PER_FEATURE, new double[] {-2, 5, 100}, new double[] {2, 5, 300});
        float[] values = {0, 0.5f, 1, 0.25f, 0, 0.5f};
        scaler.restore(values, 3);
        assertArrayEquals(new float[] {-2, 5, 300, -1, 5, 200}, values);
        float[] bytes = {1, 0.2f};
        Scaler.BYTES.restore(bytes, 1);
        assertArrayEquals(new float[] {255, 51}, bytes, 1e-4f);
        Scaler whole = Scaler.of(Scaler.Rule.GLOBAL, new double[] {-Float.MAX_VALUE}, new double[] {Float.MAX_VALUE});
        float[] ends = {0, 0.5f, 1};
        whole.restore(ends, 1);
        assertArrayEquals(new float[] {-Float.MAX_VALUE, 0, Float.MAX_VALUE}, ends);
    }

    @Test
    void valuesOutsideAreCounted() {
        Scaler scaler = Scaler.of(Scaler.Rule.PER_FEATURE, new double[] {-2, 5}, new double[] {2, 5});
        assertEquals(0, scaler.outside(new double[] {-2, 5}));
        assertEquals(2, scaler.outside(new double[] {2.001, 4}));
        assertEquals(1, Scaler.BYTES.outside(new double[] {0, 255, 256}));
    }

    @Test
    void whatIsNoRangeIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Scaler.of(Scaler.Rule.GLOBAL, new double[] {1}, new double[] {0}));
        assertThrows(
                IllegalArgumentException.class,
                () -> Scaler.of(Scaler.Rule.GLOBAL, new double[] {0, 0}, new double[] {1, 1}));
        assertThrows(
                IllegalArgumentException.class, () -> Scaler.of(Scaler.Rule.BYTES, new double[] {0}, new double[] {1}));
        assertThrows(
                IllegalArgumentException.class,
                () -> Scaler.of(Scaler.Rule.PER_FEATURE, new double[] {Double.NaN}, new double[] {1}));
    }

    /** Close to each other and far from zero: a float would not tell them apart. */
    @Test
    void offsetsDoNotCostPrecision() {
        Scaler.Ranges scaler = new Scaler.Ranges(true, 1);
        scaler.see(new double[] {1.7e9});
        scaler.see(new double[] {1.7e9 + 8});
        assertArrayEquals(new float[] {0.125f}, scale(scaler.scaler(), 1.7e9 + 1));
    }
}
