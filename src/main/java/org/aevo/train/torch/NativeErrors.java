package org.aevo.train.torch;

import java.util.Locale;
import java.util.function.Supplier;

/**
 * What libtorch throws, as what it is. JavaCPP makes a plain RuntimeException of every C++ exception, with the whole
 * stack of native calls in its message.
 */
final class NativeErrors {
    private NativeErrors() {}

    /**
     * @throws OutOfMemoryError for an exception of the call that tells of memory
     * @throws IllegalStateException for any other of the library, with the first line of its message
     */
    static <T> T guard(Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            if (e.getClass() != RuntimeException.class) {
                throw e;
            }
            String line = firstLine(e);
            if (tellsOfMemory(String.valueOf(e.getMessage()))) {
                OutOfMemoryError error = new OutOfMemoryError(line);
                error.initCause(e);
                throw error;
            }
            throw new IllegalStateException("libtorch: " + line, e);
        }
    }

    static void guard(Runnable call) {
        guard(() -> {
            call.run();
            return null;
        });
    }

    /** Of the message, or the class's name if there is none. */
    static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage())
                .strip()
                .lines()
                .findFirst()
                .orElse(e.getClass().getSimpleName());
    }

    private static boolean tellsOfMemory(String message) {
        String m = message.toLowerCase(Locale.ROOT);
        return m.contains("allocate memory")
                || m.contains("out of memory")
                || m.contains("not enough memory")
                || m.contains("bad_alloc");
    }
}
