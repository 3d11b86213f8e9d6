package org.aevo.data;

import java.util.regex.Pattern;

/** Data that cannot be used. The message is one line: the file, what was expected and what was found. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\u2028\u2029]+");

    public DataException(String message) {
        super(oneLine(message));
    }

    public DataException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    /** File names and the messages of libraries may hold anything. */
    private static String oneLine(String message) {
        return CONTROL.matcher(message).replaceAll(" ").strip();
    }
}
