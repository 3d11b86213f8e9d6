package org.aevo.data.hdf5;

import java.io.PrintStream;
import java.nio.charset.Charset;

/** The newest presets of the library are of an older javacpp than runs them here, which says so; a user can do nothing about it. */
final class QuietLoading {
    private static final String KNOWN = "Warning: Versions of org.bytedeco:javacpp:";

    private QuietLoading() {}

    static void of(Runnable loading) {
        PrintStream err = System.err;
        try {
            System.setErr(new PrintStream(err, true, Charset.defaultCharset()) {
                @Override
                public void println(String text) {
                    if (text == null || !text.startsWith(KNOWN)) {
                        err.println(text);
                    }
                }
            });
            loading.run();
        } finally {
            System.setErr(err);
        }
    }
}
