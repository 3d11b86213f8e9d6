package org.aevo.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.aevo.config.InputReference;

/** Prints docs/input.md; called by {@code make docs}. */
final class Reference {
    private Reference() {}

    public static void main(String[] args) {
        new PrintStream(System.out, true, StandardCharsets.UTF_8).print(InputReference.markdown());
    }
}
