package org.aevo.cli;

import java.io.PrintStream;
import java.nio.charset.Charset;
import org.aevo.io.Printable;

/**
 * Standard output or error for texts from anywhere: file names, host names, messages, what a journal holds. Whatever prints,
 * no text commands the terminal; what this program itself has to say to it goes past with {@link #own}.
 */
final class CleanStream extends PrintStream {
    private final PrintStream target;

    private CleanStream(PrintStream target) {
        super(target, true, Charset.defaultCharset());
        this.target = target;
    }

    static PrintStream of(PrintStream target) {
        return target instanceof CleanStream ? target : new CleanStream(target);
    }

    /** Writes control sequences of this program. */
    static void own(PrintStream stream, String sequence) {
        (stream instanceof CleanStream clean ? clean.target : stream).print(sequence);
    }

    @Override
    public void print(String text) {
        target.print(Printable.text(String.valueOf(text)));
    }

    @Override
    public void print(char[] text) {
        print(String.valueOf(text));
    }

    @Override
    public void print(char c) {
        print(String.valueOf(c));
    }

    @Override
    public void print(Object object) {
        print(String.valueOf(object));
    }

    @Override
    public void println(String text) {
        target.println(Printable.text(String.valueOf(text)));
    }

    @Override
    public void println(char[] text) {
        println(String.valueOf(text));
    }

    @Override
    public void println(char c) {
        println(String.valueOf(c));
    }

    @Override
    public void println(Object object) {
        println(String.valueOf(object));
    }
}
