package org.aevo.train;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.aevo.team.Collective;

/**
 * What keeps the members of a team in step, who all run the same program on the same candidate: of whatever could differ
 * among them they take the same. Each operation also tells all what went wrong at any, and how late it is at the leader; what
 * went wrong is thrown on all of them.
 *
 * <p>Behind the numbers that are summed travel: how many members failed; the leader's seconds; and two numbers of each
 * member, what it says as a double in two floats. They are sums with zeros, which are exact.
 */
final class Agreement {
    private static final int HEAD = 2;

    private final TimedCollective members;
    private final Stopwatch watch;

    /** What was thrown on all members last. */
    private Optional<Throwable> shared = Optional.empty();

    /** What went wrong here since the last operation. */
    private Optional<Throwable> pending = Optional.empty();

    private final float[] nothing;

    /** Nanoseconds in operations that do not count. */
    private long apart;

    /** A part that may fail. */
    @FunctionalInterface
    interface Part {
        void run();
    }

    Agreement(Collective members, Stopwatch watch) {
        this.members = new TimedCollective(members);
        this.watch = watch;
        this.nothing = new float[room()];
    }

    int rank() {
        return members.rank();
    }

    int size() {
        return members.size();
    }

    boolean leads() {
        return members.leads();
    }

    /** How many floats have to be free behind those that are summed. */
    int room() {
        return HEAD + 2 * members.size();
    }

    /** Seconds in operations of training and validation so far: without those {@linkplain #apart apart}. */
    double communicationSeconds() {
        return (members.nanos() - apart) * 1e-9;
    }

    /** Does what is neither training nor validation: who waits there for others does not wait because they share the work. */
    <T> T apart(Supplier<T> part) {
        long before = members.nanos();
        try {
            return part.get();
        } finally {
            apart += members.nanos() - before;
        }
    }

    /** Ends the team. */
    void close() {
        members.close();
    }

    /** Whether this was thrown on all members, and so has parted none from the others. */
    boolean isShared(Throwable e) {
        return shared.filter(last -> last == e).isPresent();
    }

    /** Does what is no operation of all, and fails in the next operation if this does. */
    void before(Part part) {
        if (pending.isEmpty()) {
            pending = failure(part);
        }
    }

    /** What a part fails with, if it does; what says that the program is broken is thrown. */
    static Optional<Throwable> failure(Part part) {
        try {
            part.run();
            return Optional.empty();
        } catch (OutOfMemoryError | StackOverflowError | RuntimeException e) {
            return Optional.of(e);
        }
    }

    /** What went wrong last needs to be told to nobody any more. */
    void forget() {
        pending = Optional.empty();
    }

    /** Every member does its part, and all go on if none failed. */
    void together(Part part) {
        before(part);
        sum(nothing, 0, 0);
    }

    /**
     * What every member says, by rank.
     *
     * @param part which may fail; then all do
     */
    double[] all(Supplier<Double> part) {
        double[] mine = new double[1];
        before(() -> mine[0] = part.get());
        return sum(nothing, 0, mine[0]);
    }

    /**
     * Sums over the members, in place; and what every member says, by rank.
     *
     * @param values with {@link #room} for more behind those that are summed
     * @param count that are summed, as many on every member
     */
    double[] sum(float[] values, int count, double mine) {
        int size = members.size();
        if (pending.isPresent()) {
            Arrays.fill(values, 0, count, 0);
        }
        Arrays.fill(values, count, count + room(), 0);
        values[count] = pending.isPresent() ? 1 : 0;
        values[count + 1] = members.leads() ? (float) watch.elapsed() : 0;
        int slot = count + HEAD + 2 * members.rank();
        values[slot] = (float) mine;
        values[slot + 1] = Float.isFinite((float) mine) ? (float) (mine - (float) mine) : 0;
        members.allreduce(values, count + room());
        watch.heard(values[count + 1]);
        if (values[count] > 0) {
            throwOnAll();
        }
        double[] all = new double[size];
        for (int rank = 0; rank < size; rank++) {
            all[rank] = (double) values[count + HEAD + 2 * rank] + values[count + HEAD + 2 * rank + 1];
        }
        return all;
    }

    /** What the leader says; where it fails, all do. */
    byte[] leaders(Supplier<byte[]> word) {
        byte[][] said = {new byte[0]};
        together(() -> said[0] = members.leads() ? word.get() : said[0]);
        return members.broadcast(said[0]);
    }

    /** What a member says against all, of the first that does, with its rank unless that is the leader; empty if none does. */
    Optional<String> objection(Optional<String> mine) {
        double[] objects = all(() -> mine.isPresent() ? 1.0 : 0.0);
        for (int rank = 0; rank < objects.length; rank++) {
            if (objects[rank] > 0) {
                int first = rank;
                List<byte[]> words = members.gather(mine.orElse("").getBytes(StandardCharsets.UTF_8));
                String said = new String(leaders(() -> words.get(first)), StandardCharsets.UTF_8);
                return Optional.of(rank == 0 ? said : "rank " + rank + " of " + members.size() + ": " + said);
            }
        }
        return Optional.empty();
    }

    /** The first of the failures, by rank; who failed is said unless all did alike. */
    private void throwOnAll() {
        byte[] mine = pending.map(e -> Failure.of(e).encoded()).orElse(new byte[0]);
        List<byte[]> words = members.gather(mine);
        byte[] first = new byte[0];
        if (members.leads()) {
            boolean alike = words.stream().allMatch(word -> Arrays.equals(word, words.get(0)));
            for (int rank = words.size() - 1; rank >= 0; rank--) {
                if (words.get(rank).length > 0) {
                    Failure failure = Failure.decoded(words.get(rank));
                    first = (alike ? failure : failure.at(rank, words.size())).encoded();
                }
            }
        }
        Throwable thrown = Failure.decoded(members.broadcast(first)).thrown();
        pending = Optional.empty();
        shared = Optional.of(thrown);
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }
}
