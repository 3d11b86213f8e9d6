package org.aevo.cli;

import java.util.OptionalInt;
import java.util.function.Consumer;
import sun.misc.Signal;

/** SIGINT and SIGTERM ask a run to stop cleanly; the second one ends the process at once. */
final class StopSignals {
    private volatile OptionalInt received = OptionalInt.empty();

    StopSignals(Consumer<String> stop) {
        for (String name : new String[] {"INT", "TERM"}) {
            Signal.handle(new Signal(name), signal -> {
                if (received.isPresent()) {
                    Runtime.getRuntime().halt(ExitCode.SIGNAL + signal.getNumber());
                }
                received = OptionalInt.of(signal.getNumber());
                stop.accept("SIG" + signal.getName());
            });
        }
    }

    /** Number of the first signal. */
    OptionalInt received() {
        return received;
    }
}
