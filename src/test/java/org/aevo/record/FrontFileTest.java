package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What run.h5 says of objectives, against numpy that compares all with all and counts the cells of a grid. */
class FrontFileTest {
    private static final List<String> NAMES = List.of("validation-loss", "parameters", "training-seconds");

    @TempDir
    private Path dir;

    private static RunHistory run(int evaluations, Objectives objectives, int grid) {
        return SampleRun.history(SampleRun.measured(evaluations, objectives, grid));
    }

    @ParameterizedTest
    @CsvSource({"2, 60, 1000, false", "2, 60, 12, true", "3, 50, 1000, false", "3, 50, 9, true", "2, 1, 9, false"})
    void numpyFindsTheSame(int objectives, int evaluations, int grid, boolean given) throws Exception {
        List<Double> reference = given ? List.of(6.5, 8.0, 7.0).subList(0, objectives) : List.of();
        RunHistory history = run(evaluations, new Objectives(NAMES.subList(0, objectives), reference), grid);
        Path file = dir.resolve("run.h5");
        RunFile.write(file, history, Optional.empty());
        String program;
        try (InputStream in = FrontFileTest.class.getResourceAsStream("front.py")) {
            program = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        assertEquals(
                evaluations + " arrivals are right",
                Outside.python(program, file.toString()).strip());

        RunFront front = RunReader.read(file).front().orElseThrow();
        assertEquals(NAMES.subList(0, objectives), front.objectives());
        assertEquals(given, front.isReferenceGiven());
        FrontProgress progress = FrontProgress.of(history).orElseThrow();
        assertArrayEquals(
                progress.front(history).stream()
                        .mapToLong(row -> row.candidate().id())
                        .toArray(),
                front.members().longs("id"));
        assertEquals(progress.reference(), front.reference());
        double[] volumes = front.hypervolume().doubles("hypervolume");
        assertEquals(progress.hypervolume(), volumes[volumes.length - 1]);
        assertTrue(given || volumes.length == 1 || progress.hypervolume() > 0);
    }

    @Test
    void aRunWithoutObjectivesHasNoFront() throws Exception {
        RunHistory history = SampleRun.history(SampleRun.entries(1, 5, 2, 0));
        Path file = dir.resolve("run.h5");
        RunFile.write(file, history, Optional.empty());
        RunData run = RunReader.read(file);
        assertTrue(run.front().isEmpty());
        assertTrue(run.evaluations().names().stream().noneMatch(name -> name.startsWith("objective_")));
        assertTrue(FrontProgress.of(history).isEmpty());
    }

    @Test
    void nothingMeasuredYetIsNoFront() throws Exception {
        RunHistory history =
                SampleRun.history(List.of(SampleRun.started(SampleRun.started(1), new Objectives(NAMES, List.of()))));
        Path file = dir.resolve("run.h5");
        RunFile.write(file, history, Optional.empty());
        RunFront front = RunReader.read(file).front().orElseThrow();
        assertEquals(0, front.members().rows());
        assertEquals(0, front.hypervolume().rows());
        assertEquals(List.of(Double.NaN, Double.NaN, Double.NaN), front.reference());
        assertFalse(front.isReferenceGiven());
    }

    /** Their names become columns, whatever a journal says. */
    @Test
    void namesThatCannotBeColumns() {
        for (String name : List.of("", "a/b", "A", "ä", "1", ".", "a".repeat(65))) {
            assertThrows(IllegalArgumentException.class, () -> new Objectives(List.of(name), List.of()), name);
        }
        assertThrows(IllegalArgumentException.class, () -> new Objectives(List.of("a", "a"), List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Objectives(List.of("a", "b"), List.of(1.0)));
        assertThrows(IllegalArgumentException.class, () -> new Objectives(List.of("a"), List.of(Double.NaN)));
    }
}
