package org.aevo.cli;

import org.aevo.config.RunConfig;
import org.aevo.network.EnumText;
import org.aevo.search.Mode;

/**
 * One run of a bench.
 *
 * @param repeat from 1
 * @param config its whole input
 */
record BenchRun(Mode mode, int workers, int repeat, RunConfig config) {

    /** Of its directory. */
    String name() {
        return name(mode, workers, repeat);
    }

    static String name(Mode mode, int workers, int repeat) {
        return EnumText.of(mode) + "-" + workers + "w-r" + repeat;
    }

    /** Processes that evaluate. */
    int processes() {
        int each = config.cluster().workersPerProcess();
        return (workers + each - 1) / each;
    }
}
