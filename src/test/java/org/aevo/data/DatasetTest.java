package org.aevo.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatasetTest {

    @Test
    void samplesFollowEachOther() {
        Dataset data = new Dataset(2, 1, 2, new float[] {0, 1, 2, 3, 4, 5, 6, 7}, Optional.of(new int[] {4, 5}));
        assertEquals(2, data.count());
        assertEquals(4, data.sampleSize());
        assertArrayEquals(new float[] {4, 5, 6, 7}, data.sample(1));
        assertThrows(IndexOutOfBoundsException.class, () -> data.sample(2));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertEquals(
                "7 values are no whole number of samples of 2x1x2",
                assertThrows(IllegalArgumentException.class, () -> new Dataset(2, 1, 2, new float[7], Optional.empty()))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Dataset(2, 1, 2, new float[8], Optional.of(new int[3])));
        assertThrows(IllegalArgumentException.class, () -> new Dataset(2, 0, 2, new float[8], Optional.empty()));
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        DataSettings.Builder negative = DataSettings.of(DataKind.BLOBS).samples(-1);
        assertEquals(
                "samples must be at least 0, was -1",
                assertThrows(IllegalArgumentException.class, negative::build).getMessage());
        DataSettings.Builder noise = DataSettings.of(DataKind.BLOBS).noise(Double.NaN);
        assertThrows(IllegalArgumentException.class, noise::build);
    }
}
