package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.aevo.config.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerCountsTest {
    private static List<Integer> parse(String text) {
        return WorkerCounts.parse("--workers", text, 100_000);
    }

    @Test
    void listsGoOnAsTheyBegan() {
        assertEquals(List.of(1, 2, 4), parse("1,2,4"));
        assertEquals(List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096), parse("1,2,4,...,4096"));
        assertEquals(List.of(1, 2, 4, 8, 10), parse("1, 2, 4, ..., 8, 10"));
        assertEquals(List.of(8, 16, 24, 32, 40), parse("8,16,24,...,40"));
        assertEquals(List.of(3, 10, 17, 24), parse("3,10,...,24"));
        assertEquals(List.of(1, 3, 9, 27), parse("1,3,9,...,27"));
        assertEquals(List.of(5, 7, 9), parse("9,5,7,5"));
        assertEquals(List.of(1, 2, 4, 8, 16, 20, 24, 28), parse("1,2,4,...,16,20,24,...,28"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "1,,2",
                "x",
                "1.5",
                "100001",
                "99999999999",
                "...",
                "1,...,4",
                "1,2,4,...",
                "1,2,...,...,8",
                "1,2,4,...,100",
                "4,2,1,...,1",
                "2,2,2,...,2",
                "1,2,5,...,9"
            })
    void whatIsNoListIsRefused(String text) {
        String said = assertThrows(InputException.class, () -> parse(text)).getMessage();
        assertTrue(said.startsWith("--workers: ") && said.lines().count() == 1, said);
    }

    @Test
    void whatMayGoOnInTwoWaysIsAskedBack() {
        String said =
                assertThrows(InputException.class, () -> parse("2,4,...,64")).getMessage();
        assertTrue(said.contains("three numbers"), said);
    }
}
