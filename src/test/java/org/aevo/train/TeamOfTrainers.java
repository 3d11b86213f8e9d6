package org.aevo.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.aevo.search.Control;
import org.aevo.search.Evaluator.Outcome;
import org.aevo.search.Job;
import org.aevo.team.Collective;
import org.aevo.team.LocalTeam;

/** Trainers in threads of this process, each on an engine of its own, that evaluate the same jobs together. */
final class TeamOfTrainers implements AutoCloseable {
    private static final long PATIENCE = 120;

    private final List<Collective> members;
    private final List<ExecutorService> threads = new ArrayList<>();
    private final List<Trainer> trainers = new ArrayList<>();

    /** @param trainer of a rank; made on the thread that it is used by */
    TeamOfTrainers(int size, IntFunction<Trainer> trainer) throws Exception {
        members = size == 1 ? List.of() : LocalTeam.of(size);
        for (int rank = 0; rank < size; rank++) {
            int mine = rank;
            threads.add(Executors.newSingleThreadExecutor());
            trainers.add(on(rank, () -> trainer.apply(mine)).get(PATIENCE, TimeUnit.SECONDS));
            if (size > 1) {
                trainers.get(rank).join(Optional.of(members.get(rank)));
            }
        }
    }

    /** What a rank came to, or what it threw. */
    record Result(Optional<Outcome> outcome, Optional<Throwable> thrown) {}

    private <T> Future<T> on(int rank, Callable<T> call) {
        return threads.get(rank).submit(call);
    }

    /** What each rank came to. */
    List<Result> evaluate(Job job, IntFunction<Control> controls) throws Exception {
        List<Future<Outcome>> running = new ArrayList<>();
        for (int rank = 0; rank < trainers.size(); rank++) {
            Trainer trainer = trainers.get(rank);
            Control control = controls.apply(rank);
            running.add(on(rank, () -> trainer.evaluate(job, control)));
        }
        List<Result> results = new ArrayList<>();
        for (Future<Outcome> one : running) {
            try {
                results.add(new Result(Optional.of(one.get(PATIENCE, TimeUnit.SECONDS)), Optional.empty()));
            } catch (ExecutionException e) {
                results.add(new Result(Optional.empty(), Optional.of(e.getCause())));
            }
        }
        return results;
    }

    /** What the leader came to; all others came to the same end. */
    Outcome outcome(Job job) throws Exception {
        List<Result> results = evaluate(job, rank -> Control.NONE);
        for (Result result : results) {
            if (result.thrown().isPresent()) {
                throw new AssertionError(result.thrown().get());
            }
        }
        return results.get(0).outcome().orElseThrow();
    }

    /** A member's part of the team. */
    Collective member(int rank) {
        return members.get(rank);
    }

    /** From now on each works alone. */
    void part() {
        trainers.forEach(trainer -> trainer.join(Optional.empty()));
    }

    @Override
    public void close() throws Exception {
        for (int rank = 0; rank < trainers.size(); rank++) {
            Trainer trainer = trainers.get(rank);
            on(rank, () -> {
                        trainer.close();
                        return null;
                    })
                    .get(PATIENCE, TimeUnit.SECONDS);
        }
        threads.forEach(ExecutorService::shutdownNow);
    }
}
