package org.aevo.record;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** A file of a run that cannot be written, read or used; the message names it and the way out. */
public sealed class RecordException extends IOException permits LostRunException {
    private static final long serialVersionUID = 1;

    /** What a disk has against a file, as far as it has a mend. */
    private enum Fault {
        FULL("free space on that disk"),
        LIMITED("raise the limit on the size of files (ulimit -f)"),
        FAILING("see what the system's log says of that disk"),
        FORBIDDEN("make it writable"),
        OTHER("");

        private final String mend;

        Fault(String mend) {
            this.mend = mend;
        }

        static Fault of(Throwable cause) {
            for (Throwable t = cause; t != null; t = t.getCause()) {
                String message = String.valueOf(t.getMessage());
                if (message.contains("No space left") || message.contains("quota")) {
                    return FULL;
                }
                if (message.contains("File too large")) {
                    return LIMITED;
                }
                if (message.contains("Input/output error")) {
                    return FAILING;
                }
                if (message.contains("Read-only") || t instanceof AccessDeniedException) {
                    return FORBIDDEN;
                }
            }
            return OTHER;
        }
    }

    private final String problem;
    private final String again;
    private final Fault fault;

    public RecordException(String message) {
        this(message, null);
    }

    public RecordException(String message, Throwable cause) {
        this(message, "", Fault.OTHER, cause);
    }

    private RecordException(String problem, String again, Fault fault, Throwable cause) {
        super(problem + (fault == Fault.OTHER ? "" : "; " + fault.mend + ", then " + again), cause);
        this.problem = problem;
        this.again = again;
        this.fault = fault;
    }

    static RecordException of(Path file, String doing, Throwable cause) {
        return new RecordException(
                file + ": cannot " + doing + ": " + reason(cause), "continue with --resume", Fault.of(cause), cause);
    }

    /**
     * What went wrong elsewhere, with the way out where it was the disk.
     *
     * @param again as in {@link #then}
     */
    public static RecordException of(IOException failure, String again) {
        return new RecordException(failure.getMessage(), again, Fault.of(failure), failure);
    }

    /**
     * The same, where there is no run to go on with.
     *
     * @param again what to do after the mend: {@code train again}
     */
    public RecordException then(String again) {
        return new RecordException(problem, again, fault, this);
    }

    /** The same, of a place that will be known by another name. */
    RecordException renamed(Path from, Path to) {
        return new RecordException(problem.replace(from.toString(), to.toString()), again, fault, this);
    }

    /** Whether the disk takes nothing more, whatever is written: another file on it would fare no better. */
    public boolean isOfDisk() {
        return fault == Fault.FULL || fault == Fault.LIMITED || fault == Fault.FAILING;
    }

    /**
     * What the file system says, where a library wraps it. Its exception repeats the path in its message; its reason alone
     * is what is new.
     */
    private static String reason(Throwable failure) {
        Throwable cause = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(IOException.class::isInstance)
                .findFirst()
                .orElse(failure);
        if (cause instanceof FileSystemException f && f.getReason() != null) {
            return f.getReason();
        }
        String kind = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? kind : kind + ": " + cause.getMessage();
    }
}
