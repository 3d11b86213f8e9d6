package org.aevo.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGINT, SIGTERM, SIGHUP, which a terminal sends that goes away, and SIGUSR1, which schedulers send some time before the
 * limit, ask a run to stop cleanly; a person's second SIGINT or SIGTERM ends the process at once. One signal may arrive
 * twice, from who sent it and from a parent that passes it on: what comes right after another is taken for the same. What
 * was ignored when the process began, as {@code nohup} does with SIGHUP, stays ignored: the virtual machine sees to that.
 */
final class StopSignals {
    private static final String EARLY_NOTICE = "USR1";
    private static final String HANGUP = "HUP";
    private static final List<String> NAMES = List.of("INT", "TERM", HANGUP, EARLY_NOTICE);

    /** Between two signals of a person, at least; on a host with much to do a parent is not faster. */
    private static final long SAME_NANOSECONDS = TimeUnit.SECONDS.toNanos(1);

    private final Consumer<String> stop;
    private final Runnable last;
    private final boolean scheduled;
    private final Set<String> asked = new HashSet<>();
    private OptionalInt received = OptionalInt.empty();
    private long receivedAt;
    private OptionalInt hungUp = OptionalInt.empty();

    /**
     * @param stop asks the run to stop; called once for each kind of signal that comes
     * @param last what is still done before the process ends at once; quick
     * @param scheduled whether a scheduler sends SIGTERM, as often as it likes; it has SIGKILL for impatience
     */
    StopSignals(Consumer<String> stop, Runnable last, boolean scheduled) {
        this.stop = stop;
        this.last = last;
        this.scheduled = scheduled;
        handle(NAMES, this::hear);
        if (Parent.isThere()) {
            handle(List.of("INT"), SignalHandler.SIG_IGN);
        }
    }

    /** Those that the virtual machine keeps for itself ({@code -Xrs}) end the process as they always do. */
    private static void handle(List<String> names, SignalHandler handler) {
        List<String> kept = new ArrayList<>();
        for (String name : names) {
            try {
                Signal.handle(new Signal(name), handler);
            } catch (IllegalArgumentException e) {
                kept.add("SIG" + name);
            }
        }
        if (!kept.isEmpty()) {
            System.err.println("aevo: " + String.join(", ", kept) + " will end this process at once, not cleanly: the"
                    + " virtual machine was started with -Xrs (AEVO_JAVA_OPTIONS, JAVA_TOOL_OPTIONS)");
        }
    }

    private synchronized void hear(Signal signal) {
        if (signal.getName().equals(HANGUP)) {
            // a shell and the kernel both send it: the second one is no impatience
            hungUp = OptionalInt.of(signal.getNumber());
        } else if (!signal.getName().equals(EARLY_NOTICE)) {
            boolean person = !scheduled || signal.getName().equals("INT");
            long now = System.nanoTime();
            boolean again = received.isPresent() && now - receivedAt > SAME_NANOSECONDS;
            if (again && person) {
                last.run();
                Runtime.getRuntime().halt(ExitCode.SIGNAL + signal.getNumber());
            }
            if (received.isEmpty() || again) {
                receivedAt = now;
            }
            received = OptionalInt.of(signal.getNumber());
        }
        // a notice leaves time, and what comes after it may leave less
        if (asked.add(signal.getName())) {
            stop.accept("SIG" + signal.getName());
        }
    }

    /** For a rank that a person started alone. */
    static void ignoreNotice() {
        handle(List.of(EARLY_NOTICE), SignalHandler.SIG_IGN);
    }

    /** For a worker: its master decides. */
    static void ignore() {
        handle(NAMES, SignalHandler.SIG_IGN);
    }

    /** Exit code of a run that a signal stopped: that of the signal, or, for one that a scheduler sends, resumable. */
    synchronized int exitCode() {
        OptionalInt signal = received.isPresent() ? received : hungUp;
        return scheduled || signal.isEmpty() ? ExitCode.RESUMABLE : ExitCode.SIGNAL + signal.getAsInt();
    }
}
