package org.aevo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0", "0.1, 0.1", "0.30000000000000004, 0.3", "0.0123456789, 0.01235", "123.456789, 123.5", "1234.5, 1234",
        "99999.9, 100000", "0.00001234, 1.23e-05", "1e12, 1.00e+12", "-2.5, -2.5", "NaN, –", "Infinity, ∞"
    })
    void fourDigitsCount(double value, String text) {
        assertEquals(text, Numbers.text(value));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "0.000035, 35 µs",
        "0.22, 220 ms",
        "0.0012345, 1.234 ms",
        "0.9994, 999.4 ms",
        "1.25, 1.25 s",
        "59.9, 59.9 s",
        "60, 1 min 00 s",
        "3599.6, 1 h 00 min",
        "7500, 2 h 05 min"
    })
    void durations(double seconds, String text) {
        assertEquals(text, Numbers.duration(seconds));
    }

    @Test
    void aColumnOfLikeNumbersHasOneNumberOfDecimals() {
        DataTable table = new DataTable(
                "t",
                "",
                List.of("like", "unlike", "mixed", "busy_share"),
                List.of(List.of(12.5, 1e-5, "a", 1e-6), List.of(0.25, 1000.0, 2.0, 1.0), List.of(0.0, 1.0, 3.0, 0.5)));
        PageColumn like = PageColumn.of(table, 0);
        assertEquals(List.of("12.50", "0.25", "0", "–"), texts(like, 12.5, 0.25, 0.0, Double.NaN));
        assertEquals(List.of("1.00e-05", "1000"), texts(PageColumn.of(table, 1), 1e-5, 1000));
        assertEquals(new PageColumn(false, -1), PageColumn.of(table, 2));
        assertEquals(List.of("0.0000", "1.0000"), texts(PageColumn.of(table, 3), 1e-6, 1));
    }

    @Test
    void oneThingIsOne() {
        assertEquals(
                List.of("0 epochs", "1 epoch", "2 epochs"),
                List.of(Numbers.count(0, "epoch"), Numbers.count(1, "epoch"), Numbers.count(2, "epoch")));
    }

    private static List<String> texts(PageColumn column, double... values) {
        return java.util.Arrays.stream(values).mapToObj(column::text).toList();
    }
}
