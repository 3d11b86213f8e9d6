package org.aevo.record;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file of a run that cannot be written, read or used; the message names it and the way out. */
public final class RecordException extends IOException {
    private static final long serialVersionUID = 1;

    public RecordException(String message) {
        super(message);
    }

    public RecordException(String message, Throwable cause) {
        super(message, cause);
    }

    static RecordException of(Path file, String doing, Throwable cause) {
        return new RecordException(file + ": cannot " + doing + ": " + reason(cause) + mend(cause), cause);
    }

    /** A file system's exception repeats the path in its message; its reason alone is what is new. */
    private static String reason(Throwable cause) {
        if (cause instanceof FileSystemException f && f.getReason() != null) {
            return f.getReason();
        }
        String kind = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? kind : kind + ": " + cause.getMessage();
    }

    private static String mend(Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            String message = String.valueOf(t.getMessage());
            if (message.contains("No space left") || message.contains("quota")) {
                return "; free space on that disk, then continue with --resume";
            }
            if (message.contains("File too large")) {
                return "; raise the limit on the size of files (ulimit -f), then continue with --resume";
            }
            if (message.contains("Input/output error")) {
                return "; see what the system's log says of that disk, then continue with --resume";
            }
            if (message.contains("Read-only") || t instanceof java.nio.file.AccessDeniedException) {
                return "; make it writable, then continue with --resume";
            }
        }
        return "";
    }
}
