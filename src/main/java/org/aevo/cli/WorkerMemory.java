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

    /** MiB of the heap for what is young: few enough that what dies young is not spread over all of it. */
    static final long YOUNG = 64;

    /** Of a machine's memory or a scheduler's grant; the rest is for the system, the master and the file cache. */
    private static final double SHARE_OF_MEMORY = 0.8;

    /** Of the young, one of two halves of the survivors, a tenth of it, which is never in use. */
    private static final long UNUSED = YOUNG / 10 + 1;

    private static final long SMALLEST_HEAP = 256;
    /** What a worker's libraries, code and threads take after hundreds of candidates, beside its heap. */
    private static final long DL4J = 224;

    private static final long TORCH = 320;

    /**
     * Of each worker.
     *
     * @param availableMiB for one, if the input does not say
     */
    static WorkerMemory of(RunConfig config, long availableMiB) {
        return new WorkerMemory(config.cluster().workerMemoryMiB().orElse((long) (availableMiB * SHARE_OF_MEMORY)));
    }

    /** Of each worker, where this machine alone has all of them. */
    static WorkerMemory here(RunConfig config) {
        return of(config, WorkerVm.physicalMemoryMiB() / config.cluster().workers());
    }

    /** What {@link Runtime#maxMemory} says in a worker, at least: bytes of heap that can be used. */
    long usableHeap() {
        return heap() - UNUSED << 20;
    }

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
