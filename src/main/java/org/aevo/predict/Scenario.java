package org.aevo.predict;

import org.aevo.search.Mode;
import org.aevo.search.SendingOrder;

/**
 * A run to predict.
 *
 * @param workers 1 to {@value #MOST_WORKERS}
 * @param evaluations 1 to {@value #MOST_EVALUATIONS}
 * @param seed of the search, and of what is drawn
 * @param prefetch candidates that a worker has beside the one it works on: 0 to {@value #MOST_PREFETCH}
 * @param start of the workers; of teams theirs
 * @param team workers that work on a candidate together, 1 to {@code workers}; those that are left over stand by
 * @param order in which the candidates of a generation are sent; of birth for a search without generations
 */
public record Scenario(
        Mode mode,
        int workers,
        long evaluations,
        long seed,
        Draw draw,
        int prefetch,
        Start start,
        int team,
        SendingOrder order) {
    public static final int MOST_WORKERS = 100_000;
    public static final int MOST_EVALUATIONS = 1_000_000;
    public static final int MOST_PREFETCH = 64;

    public Scenario {
        within("workers", workers, 1, MOST_WORKERS);
        within("evaluations", evaluations, 1, MOST_EVALUATIONS);
        within("prefetch", prefetch, 0, MOST_PREFETCH);
        within("team", team, 1, workers);
    }

    /** All workers are there from the beginning; nothing is sent ahead, and who was made first goes first. */
    public static Scenario of(Mode mode, int workers, long evaluations, long seed, Draw draw) {
        return new Scenario(mode, workers, evaluations, seed, draw, 0, worker -> 0, 1, SendingOrder.BIRTH);
    }

    /** When each worker is ready. */
    @FunctionalInterface
    public interface Start {
        /**
         * Seconds since the run's start; infinite if it never comes.
         *
         * @param place of a worker or a team, from 0
         */
        double of(int place);
    }

    /** Where a candidate can be: as many as there are teams. */
    public int places() {
        return workers / team;
    }

    public Scenario withPrefetch(int candidates) {
        return new Scenario(mode, workers, evaluations, seed, draw, candidates, start, team, order);
    }

    public Scenario withStart(Start other) {
        return new Scenario(mode, workers, evaluations, seed, draw, prefetch, other, team, order);
    }

    public Scenario withTeam(int ranks) {
        return new Scenario(mode, workers, evaluations, seed, draw, prefetch, start, ranks, order);
    }

    public Scenario withOrder(SendingOrder first) {
        return new Scenario(mode, workers, evaluations, seed, draw, prefetch, start, team, first);
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", was " + value);
        }
    }
}
