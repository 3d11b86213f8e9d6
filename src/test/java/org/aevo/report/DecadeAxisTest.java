package org.aevo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecadeAxisTest {
    @Test
    void decadesPowersAndParts() {
        assertEquals(List.of(1.0, 10.0, 100.0, 1000.0), DecadeAxis.values(1, 1000, 10));
        assertEquals(List.of(0.1, 0.2, 0.5), DecadeAxis.values(0.08, 0.9, 10));
        assertEquals(List.of(1.0, 2.0, 4.0, 8.0), DecadeAxis.values(1, 8, 2));
    }

    @ParameterizedTest
    @CsvSource({
        "1e-9,1e9,10",
        "0.019,0.17,10",
        "0.0198,0.0203,10",
        "1,4096,2",
        "3,5,2",
        "0.5,300,2",
        "1,1.0001,10",
        "12345,12999,10"
    })
    void thereAreNeitherTooFewNorTooMany(double low, double high, int base) {
        List<Double> values = DecadeAxis.values(low, high, base);
        assertTrue(values.size() >= 3 && values.size() <= 10, values.toString());
        assertTrue(values.stream().allMatch(v -> v >= low * (1 - 1e-12) && v <= high * (1 + 1e-12)), values.toString());
        assertEquals(values.stream().distinct().sorted().toList(), values);
    }
}
