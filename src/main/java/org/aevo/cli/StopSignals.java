package org.aevo.cli;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGINT, SIGTERM, and SIGUSR1, which schedulers send some time before the limit, ask a run to stop cleanly; the second
 * SIGINT or SIGTERM ends the process at once.
 */
final class StopSignals {
    private static final String EARLY_NOTICE = "USR1";
    private static final List<String> NAMES = List.of("INT", "TERM", EARLY_NOTICE);

    private volatile OptionalInt received = OptionalInt.empty();

    StopSignals(Consumer<String> stop) {
        for (String name : NAMES) {
            Signal.handle(new Signal(name), signal -> {
                boolean notice = name.equals(EARLY_NOTICE);
                if (received.isPresent() && !notice) {
                    Runtime.getRuntime().halt(ExitCode.SIGNAL + signal.getNumber());
                }
                if (received.isEmpty()) {
                    received = notice ? OptionalInt.of(0) : OptionalInt.of(signal.getNumber());
                    stop.accept("SIG" + signal.getName());
                }
            });
        }
    }

    /** For a worker: its master decides. */
    static void ignore() {
        NAMES.forEach(name -> Signal.handle(new Signal(name), SignalHandler.SIG_IGN));
    }

    /** Exit code of a run that a signal stopped: that of the signal, or, for one that a scheduler sends, resumable. */
    int exitCode(boolean scheduled) {
        int signal = received.orElse(0);
        return scheduled || signal == 0 ? ExitCode.RESUMABLE : ExitCode.SIGNAL + signal;
    }
}
