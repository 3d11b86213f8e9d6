package org.aevo.cli;

import java.util.OptionalLong;
import org.aevo.config.RunConfig;
import org.aevo.train.EngineKind;
import org.aevo.train.MemoryBudget;

/**
 * Heap and native memory of a worker that trains, and how it is divided.
 *
 * @param mebibytes in all
 */
record WorkerMemory(long mebibytes) {
    /** System property of a worker's virtual machine: {@link #mebibytes}. */
    static final String PROPERTY = "aevo.worker.memory";

    private static final long SMALLEST_HEAP = 256;
    /** What a worker's libraries, code and threads take after hundreds of candidates, beside its heap. */
    private static final long DL4J = 224;

    private static final long TORCH = 320;

    /** For messages, weights on their way, and data that cannot be shared. */
    long heap() {
        return Math.max(SMALLEST_HEAP, mebibytes / 4);
    }

    /** What is left for a candidate; may be negative. */
    long candidate(EngineKind engine) {
        return mebibytes - heap() - (engine == EngineKind.DL4J ? DL4J : TORCH);
    }

    /**
     * The budget of this process. Candidates are only refused by what the input says: what this machine happens to have
     * would make the results of a run depend on where it ran.
     */
    static MemoryBudget budget(RunConfig config) {
        Long here = Long.getLong(PROPERTY);
        OptionalLong asked = config.cluster().workerMemoryMiB();
        return new MemoryBudget(
                here == null ? OptionalLong.empty() : OptionalLong.of(here << 20),
                asked.isPresent()
                        ? OptionalLong.of(
                                Math.max(0, new WorkerMemory(asked.getAsLong()).candidate(config.engine()) << 20))
                        : OptionalLong.empty());
    }
}
