package org.aevo.record;

import java.nio.file.Path;
import java.util.List;

/**
 * Run directories that 0.5.0 wrote: simulated searches of 30 evaluations, one of them resumed after 12. Beside the run's
 * files stand what that program's {@code show --json} and {@code show --csv} said of them.
 */
public final class OldRuns {
    public static final List<String> NAMES = List.of("async", "sync", "resumed");

    private OldRuns() {}

    /** Only to be read. */
    public static Path directory(String name) {
        return Path.of("src/test/resources/org/aevo/runs-0.5.0", name);
    }

    static Path journal(String name) {
        return directory(name).resolve("run.journal");
    }
}
