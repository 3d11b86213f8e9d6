package org.aevo.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.aevo.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageQualityTest {
    private static final Shape SHAPE = new Shape(1, 8, 8);

    private static float[] filled(double value) {
        float[] image = new float[64];
        Arrays.fill(image, (float) value);
        return image;
    }

    @Test
    void aTenthOffIsTwentyDecibels() {
        assertEquals(20, ImageQuality.psnr(filled(0.5), filled(0.6), SHAPE), 1e-5);
    }

    @Test
    void aPerfectImageHasAFiniteFigure() {
        float[] image = filled(0.3);
        assertEquals(100, ImageQuality.psnr(image, image.clone(), SHAPE));
        assertEquals(1, ImageQuality.ssim(image, image.clone(), SHAPE), 1e-12);
        float[] two = Arrays.copyOf(image, 128);
        float[] reference = two.clone();
        Arrays.fill(reference, 64, 128, 0.1f);
        assertEquals(60, ImageQuality.psnr(reference, two, SHAPE), 1e-5, "the mean of 100 dB and 20 dB");
    }

    @Test
    void imagesTooSmallForAWindowHaveNoSimilarity() {
        assertTrue(Double.isNaN(ImageQuality.ssim(filled(0), filled(1), Shape.vector(64))));
        assertTrue(Double.isNaN(ImageQuality.ssim(new float[48], new float[48], new Shape(1, 6, 8))));
        assertTrue(Double.isNaN(ImageQuality.ssim(new float[48], new float[48], new Shape(1, 8, 6))));
        assertEquals(1, ImageQuality.ssim(new float[49], new float[49], new Shape(1, 7, 7)), 1e-12);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void whatIsNotFiniteCannotBeMeasured(float value) {
        float[] image = filled(0.5);
        float[] broken = image.clone();
        broken[63] = value;
        assertTrue(Double.isNaN(ImageQuality.psnr(image, broken, SHAPE)));
        assertTrue(Double.isNaN(ImageQuality.ssim(image, broken, SHAPE)));
        assertThrows(IllegalArgumentException.class, () -> ImageQuality.psnr(broken, image, SHAPE));
    }

    @Test
    void hugeValuesStayNumbers() {
        float[] image = filled(0.5);
        float[] huge = image.clone();
        huge[3] = Float.MAX_VALUE;
        assertTrue(Double.isFinite(ImageQuality.psnr(image, huge, SHAPE)));
        assertFalse(Double.isNaN(ImageQuality.ssim(image, huge, SHAPE)));
    }

    @Test
    void sizesMustFit() {
        assertThrows(IllegalArgumentException.class, () -> ImageQuality.psnr(new float[0], new float[0], SHAPE));
        assertThrows(IllegalArgumentException.class, () -> ImageQuality.psnr(new float[64], new float[128], SHAPE));
        assertThrows(IllegalArgumentException.class, () -> ImageQuality.ssim(new float[65], new float[65], SHAPE));
    }
}
