package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.aevo.record.Accounting;
import org.aevo.record.RunDirectory;
import org.aevo.record.RunHistory;
import org.aevo.record.RunPaths;

/**
 * How far a run of a bench is. Numbers that are not known are NaN.
 *
 * @param wallSeconds from the first dispatch to the last arrival
 * @param busySeconds of all workers together
 * @param problem why nothing can be said; empty otherwise
 */
record BenchResult(
        BenchRun run,
        State state,
        int evaluations,
        double wallSeconds,
        double utilisation,
        double evaluationsPerHour,
        double bestFitness,
        double busySeconds,
        String problem) {

    enum State {
        /** Nothing is recorded. */
        NEW,
        /** Can be resumed. */
        STOPPED,
        COMPLETE,
        /** Its files are damaged. */
        BROKEN
    }

    /** What is in a run's directory. */
    static BenchResult of(BenchRun run, Path directory) {
        if (!RunDirectory.holdsRun(directory)) {
            return without(run, State.NEW, "");
        }
        Path journal = new RunPaths(directory).journal();
        if (!Files.exists(journal)) {
            return without(run, State.BROKEN, journal + " is missing");
        }
        try {
            RunHistory history = RunHistory.read(journal);
            Optional<Accounting> accounting = Accounting.of(history);
            return new BenchResult(
                    run,
                    history.complete() ? State.COMPLETE : State.STOPPED,
                    history.evaluated(),
                    accounting.map(Accounting::wallSeconds).orElse(Double.NaN),
                    accounting.map(Accounting::utilisation).orElse(Double.NaN),
                    accounting.map(Accounting::evaluationsPerHour).orElse(Double.NaN),
                    history.bestFitness(),
                    accounting.map(Accounting::busy).orElse(Double.NaN),
                    "");
        } catch (IOException e) {
            return without(run, State.BROKEN, e.getMessage());
        }
    }

    private static BenchResult without(BenchRun run, State state, String problem) {
        double none = Double.NaN;
        return new BenchResult(run, state, 0, none, none, none, none, none, problem);
    }
}
