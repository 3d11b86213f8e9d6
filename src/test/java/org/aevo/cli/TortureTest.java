package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A few kills; {@code bench/torture} has hundreds. */
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
class TortureTest {
    private static final int MORE_EVALUATIONS = 24;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"sync, 1, 1, 4, 1", "async, 1, 0, 4, 2", "sync, 2, 0, 4, 3"})
    void nothingIsLostAndNothingDoubled(String mode, int team, int births, int kills, long seed) throws Exception {
        assumeTrue(TortureCheck.hasH5py(), "run.h5 is not checked from outside: bin/setup tests");
        List<String> program = AevoProcess.program("-XX:TieredStopAtLevel=1");
        try (TortureRun run = new TortureRun(folder, mode, team, seed, program, line -> {})) {
            for (int birth = 0; birth < births; birth++) {
                run.dieAtBirth(0);
            }
            run.suffer(new TorturePlan(seed), kills);
            run.finish(MORE_EVALUATIONS);
            assertEquals(List.of(), TortureCheck.violations(run, mode.equals("sync")));
            assertTrue(run.tally().kills() >= kills, run.tally().toString());
        }
    }
}
