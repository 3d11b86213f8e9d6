package org.aevo.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command line did in this virtual machine; for commands that start no process.
 *
 * @param out standard output
 * @param err standard error
 */
record Said(int code, String out, String err) {
    static Said by(String... command) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int code;
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            code = Main.execute(command);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return new Said(code, printed.toString(StandardCharsets.UTF_8), said.toString(StandardCharsets.UTF_8));
    }

    String all() {
        return out + err;
    }
}
