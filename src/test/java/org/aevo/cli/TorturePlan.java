package org.aevo.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What befalls a run, drawn from a seed: one {@link Life} of a master after the other, without end. What a run makes of
 * it depends on the moment too: the plan can be repeated, the run cannot.
 */
final class TorturePlan {
    private static final int MAX_HARMS = 6;
    /** One worker in so many is frozen instead of killed. */
    private static final int FREEZE_ONE_IN = 12;

    private final Random random;
    /** Dealt until it is empty, so that a short torture has some of everything. */
    private final Deque<Ending> endings = new ArrayDeque<>();

    TorturePlan(long seed) {
        random = new Random(seed);
    }

    /** What happens to one worker, so long after what happened before. */
    sealed interface Harm {
        long afterMillis();

        /** Chooses among the workers there are, by the remainder. */
        int pick();
    }

    record Kill(long afterMillis, int pick) implements Harm {}

    /** Stopped, and never continued: the master must give it up. */
    record Freeze(long afterMillis, int pick) implements Harm {}

    /** Stopped, and continued after a while: before the master gives it up, after, or when the master is dead. */
    record Thaw(long afterMillis, int pick, long frozenMillis) implements Harm {}

    /** How the life of a master ends; the delay of the life counts from the moment named here. */
    enum Ending {
        /** Killed, from its start on: the virtual machine, the replay, the journal, the first workers. */
        KILLED_YOUNG(5, 1_000_000),
        /** Killed, from the first worker process on. */
        KILLED_STARTING_WORKERS(3, 2_500_000),
        /** Killed, from the appearance of an unfinished run.h5 on. */
        KILLED_IN_SNAPSHOT(3, 20_000),
        /** Killed, from a growth of the journal on. */
        KILLED_AFTER_RESULT(4, 3_000),
        /** Killed. */
        KILLED(2, 2_000_000),
        /** Asked to stop. */
        STOPPED(2, 1_000_000),
        /** Asked to stop, and killed from then on. */
        KILLED_STOPPING(2, 400_000);

        private final int weight;
        private final int maxMicros;

        Ending(int weight, int maxMicros) {
            this.weight = weight;
            this.maxMicros = maxMicros;
        }

        boolean young() {
            return this == KILLED_YOUNG || this == KILLED_STARTING_WORKERS;
        }
    }

    /**
     * @param harms to its workers, in order; none in a life that ends young
     */
    record Life(List<Harm> harms, Ending ending, long delayMicros) {}

    Life next() {
        if (endings.isEmpty()) {
            List<Ending> deck = new ArrayList<>();
            for (Ending ending : Ending.values()) {
                IntStream.range(0, ending.weight).forEach(i -> deck.add(ending));
            }
            Collections.shuffle(deck, random);
            endings.addAll(deck);
        }
        Ending ending = endings.pop();
        List<Harm> harms = new ArrayList<>();
        int count = ending.young() ? 0 : random.nextInt(1, MAX_HARMS + 1);
        for (int i = 0; i < count; i++) {
            harms.add(harm());
        }
        return new Life(harms, ending, random.nextInt(ending.maxMicros));
    }

    private Harm harm() {
        // now and then two at the same time
        long after = random.nextInt(5) == 0 ? 0 : random.nextInt(1200);
        int pick = random.nextInt(1000);
        if (random.nextInt(FREEZE_ONE_IN) > 0) {
            return new Kill(after, pick);
        }
        return random.nextInt(3) == 0 ? new Freeze(after, pick) : new Thaw(after, pick, random.nextInt(500, 8000));
    }
}
