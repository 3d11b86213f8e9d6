package org.aevo.master;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.aevo.mpi.Message;

/**
 * Workers that are preparing what they need, the data most of all, and how long a run without any ready worker waits. Time
 * in which one of them gets on does not count; but without a bound a worker that computes for ever and is never ready
 * would keep a run for ever.
 */
final class Preparations {
    /** Times the patience. */
    private static final int MOST = 30;
    /** A shorter preparation is nobody's affair. */
    private static final double WORTH_A_NOTE_SECONDS = 10;

    private static final String KEY = "cluster.start-timeout";

    private final String unit;
    private final double patience;
    private final Map<WorkerSeat, Said> workers = new HashMap<>();
    private final Set<Long> processes = ConcurrentHashMap.newKeySet();
    /** When there was last a ready worker, or the run began. */
    private double lastReady;
    /** When there was one, or one that got on. */
    private double lastProgress;
    /** Of one that is not waited for any more. */
    private Optional<String> past = Optional.empty();

    /**
     * @param at when it was said, in seconds
     * @param noted what it was at when a note was made of it; empty for none yet
     */
    private record Said(Message.Preparing message, double at, String noted) {
        /** As it was said: a worker that says nothing any more is lost to its signs of life. */
        double idleSeconds() {
            return message.idleSeconds();
        }

        double seconds(double now) {
            return message.seconds() + now - at;
        }
    }

    /**
     * @param unit what has to be ready for a run to go on: worker, or a team of them
     * @param patience seconds without progress
     * @param now seconds that the master has lived through; here and below, so that a suspended run waits no less
     */
    Preparations(String unit, double patience, double now) {
        this.unit = unit;
        this.patience = patience;
        this.lastReady = now;
        this.lastProgress = now;
    }

    /** A worker says what it is at; answers with what there is to say of it. */
    Optional<String> hear(WorkerSeat seat, Message.Preparing message, double now) {
        Said before = workers.get(seat);
        String noted = before == null ? "" : before.noted;
        boolean note = message.seconds() > WORTH_A_NOTE_SECONDS && !noted.equals(message.doing());
        workers.put(seat, new Said(message, now, note ? message.doing() : noted));
        processes.add(message.pid());
        return note
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "%s has been preparing for %.0f s: %s",
                        name(seat, message),
                        message.seconds(),
                        message.doing()))
                : Optional.empty();
    }

    /** It is ready, or gone. */
    void end(WorkerSeat seat) {
        Said said = workers.remove(seat);
        if (said != null) {
            processes.remove(said.message.pid());
        }
    }

    /** Whether a process of this host is at it, and is waited for; thread safe. */
    boolean isPreparing(long pid) {
        return processes.contains(pid);
    }

    /** Those that are not waited for any longer, and why. */
    Map<WorkerSeat, String> stuck(double now) {
        Map<WorkerSeat, String> stuck = new HashMap<>();
        workers.forEach((seat, said) -> {
            String what = name(seat, said.message) + " was preparing, " + said.message.doing();
            if (said.idleSeconds() > patience) {
                stuck.put(seat, String.format(Locale.ROOT, "%s, and got no further for %.0f s", what, patience));
            } else if (said.seconds(now) > MOST * patience) {
                stuck.put(seat, String.format(Locale.ROOT, "%s, for %.0f s", what, said.seconds(now)));
            }
        });
        past = stuck.values().stream().findFirst().or(() -> past);
        return stuck;
    }

    /** Its process id. */
    long process(WorkerSeat seat) {
        Said said = workers.get(seat);
        return said == null ? WorkerSeat.UNREADY : said.message.pid();
    }

    /**
     * Why a run that nobody works for waits no longer; empty if it does wait.
     *
     * @param ready workers that are, or teams of them
     */
    Optional<String> lonely(int ready, double now) {
        if (ready > 0) {
            lastReady = now;
            lastProgress = now;
            return Optional.empty();
        }
        workers.values().forEach(said -> lastProgress = Math.max(lastProgress, now - said.idleSeconds()));
        boolean tooLong = now - lastReady > MOST * patience;
        if (now - lastProgress <= patience && !tooLong) {
            return Optional.empty();
        }
        List<String> doing = new ArrayList<>(stuck(now).values());
        workers.forEach((seat, said) -> {
            if (doing.size() < 2 && said.idleSeconds() <= patience) {
                doing.add(name(seat, said.message) + " was preparing, " + said.message.doing());
            }
        });
        if (doing.isEmpty()) {
            past.ifPresent(doing::add);
        }
        String limit = tooLong ? MOST + " times " + KEY : KEY;
        return Optional.of(String.format(Locale.ROOT, "no %s was ready for %.0f s (%s)", unit, now - lastReady, limit)
                + (doing.isEmpty() ? "" : ": " + doing.get(0) + "; raise " + KEY + " if that takes so long"));
    }

    private static String name(WorkerSeat seat, Message.Preparing message) {
        return "worker " + seat.rank() + " (" + message.host() + ", process " + message.pid() + ")";
    }
}
