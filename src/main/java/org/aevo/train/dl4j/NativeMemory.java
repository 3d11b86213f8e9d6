package org.aevo.train.dl4j;

import java.util.Locale;
import java.util.function.Supplier;
import org.nd4j.linalg.api.memory.MemoryWorkspaceManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What Deeplearning4j throws for lack of native or device memory is a RuntimeException; here it becomes what it is. */
final class NativeMemory {
    private NativeMemory() {}

    /** @throws OutOfMemoryError for an exception of the call that tells of it */
    static <T> T guard(Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof OutOfMemoryError error) {
                    throw error;
                }
                if (tellsOfMemory(String.valueOf(cause.getMessage()))) {
                    OutOfMemoryError error =
                            new OutOfMemoryError(cause.getMessage().strip());
                    error.initCause(e);
                    throw error;
                }
            }
            throw e;
        }
    }

    static void guard(Runnable call) {
        guard(() -> {
            call.run();
            return null;
        });
    }

    /**
     * Gives the workspaces of this thread back; a network leaves them behind. The library's own call for it, like its
     * closing of a network, collects all garbage of the heap each time: some 50 ms.
     */
    static void free() {
        MemoryWorkspaceManager manager = Nd4j.getWorkspaceManager();
        manager.getAllWorkspacesForCurrentThread().forEach(manager::destroyWorkspace);
    }

    /** Frees an array's memory if it has any of its own. */
    static void free(INDArray array) {
        if (array != null && array.closeable()) {
            array.close();
        }
    }

    private static boolean tellsOfMemory(String message) {
        String m = message.toLowerCase(Locale.ROOT);
        return m.contains("failed to allocate")
                || m.contains("bad_alloc")
                || m.contains("out of memory")
                || m.contains("physical memory usage is too high")
                || m.contains("allocation failed")
                || m.contains("cannot allocate memory");
    }
}
