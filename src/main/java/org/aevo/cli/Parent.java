package org.aevo.cli;

import java.io.IOException;

/**
 * The process of this program that started this one, if one did: it says when to stop, by SIGTERM, for a terminal's
 * SIGINT reaches both of them. Its end is the end of the standard input.
 */
final class Parent {
    static final String PROPERTY = "aevo.parent";

    private Parent() {}

    static boolean isThere() {
        return Boolean.getBoolean(PROPERTY);
    }

    /** Calls back once the parent is gone; never where there is none. */
    static void whenGone(Runnable action) {
        if (!isThere()) {
            return;
        }
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // it has nothing to say
                        }
                    } catch (IOException e) {
                        // as good as its end
                    }
                    action.run();
                },
                "watch-parent");
        watch.setDaemon(true);
        watch.start();
    }
}
