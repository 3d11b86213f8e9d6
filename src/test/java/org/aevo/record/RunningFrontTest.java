package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The front of a run that is looked at again and again, against one that is worked out at once. */
class RunningFrontTest {
    private static final List<String> NAMES =
            List.of("validation-loss", "parameters", "training-seconds", "operations");

    @ParameterizedTest
    @CsvSource({"2, 1000, false", "2, 12, true", "3, 9, false", "4, 1000, false", "4, 9, true"})
    void growsAsIfItWasWorkedOutAtOnce(int count, int grid, boolean given) {
        List<Double> reference = given ? List.of(6.5, 8.0, 7.0, 6.0).subList(0, count) : List.of();
        Objectives objectives = new Objectives(NAMES.subList(0, count), reference);
        List<Entry> entries = SampleRun.measured(60, objectives, grid);
        RunningFront running = new RunningFront();
        int fronts = 0;
        for (int end = 1; end <= entries.size(); end += 7) {
            Outcomes outcomes = SampleRun.history(entries.subList(0, end)).outcomes();
            FrontProgress atOnce = new RunningFront().of(outcomes, objectives);
            FrontProgress progress = running.of(outcomes, objectives);
            assertArrayEquals(atOnce.hypervolume, progress.hypervolume);
            assertArrayEquals(atOnce.size, progress.size);
            assertArrayEquals(atOnce.front, progress.front);
            assertEquals(atOnce.reference(), progress.reference());
            assertEquals(outcomes.size(), progress.size.length);
            fronts += progress.front.length > 1 ? 1 : 0;
        }
        assertTrue(fronts > 5, "fronts: " + fronts);
    }
}
