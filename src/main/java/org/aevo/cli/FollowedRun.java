package org.aevo.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.record.Entry;
import org.aevo.record.JournalFollower;
import org.aevo.record.RunDirectory;
import org.aevo.record.RunHistory;
import org.aevo.record.RunPaths;
import org.aevo.search.Budget;

/**
 * A run that is watched from another process, from wherever it is to its end. Reads its journal as it grows; whether its
 * master lives is asked of the lock file when nothing was written for some seconds.
 */
final class FollowedRun implements AutoCloseable {
    private static final long POLL_MILLIS = 1000;
    private static final double PLAIN_SECONDS = 10;
    private static final double SILENT_SECONDS = 5;

    private final RunPaths paths;
    private final PrintStream out;
    private final Optional<Screen> screen;
    private final JournalFollower follower;
    private final LiveRun run = new LiveRun();
    private final LiveClock clock = new LiveClock(Instant::now);
    private Budget budget = Budget.ofEvaluations(1);
    private double nextPlain;
    private double nextLook;

    /**
     * @param screen empty where lines cannot be written over
     */
    FollowedRun(RunPaths paths, PrintStream out, Optional<Screen> screen) {
        this.paths = paths;
        this.out = out;
        this.screen = screen;
        this.follower = new JournalFollower(paths.journal(), this::hear);
    }

    RunHistory history() {
        return follower.history();
    }

    /** Returns when the run has ended, however; says how, as a sentence; empty if nothing that is shown arrives any more. */
    Optional<String> follow() throws IOException, InterruptedException {
        boolean first = true;
        double quiet = seconds();
        if (!follower.poll() || follower.history().started().isEmpty()) {
            System.err.println("aevo: " + paths.directory() + ": no run there yet, waiting for one; Ctrl-C ends that");
        }
        while (true) {
            boolean news = follower.poll();
            RunHistory history = follower.history();
            if (history.started().isPresent()) {
                clock.seen(history.wallSeconds(), news && !first);
                if (history.ended().isPresent()) {
                    show(true);
                    return history.ended()
                            .map(e -> (e.complete() ? "the run is complete: " : "the run was stopped: ") + e.reason());
                }
                quiet = news ? seconds() : quiet;
                if (masterIsDead(first, quiet)) {
                    show(true);
                    return Optional.of(
                            "its master died without a word; 'aevo run --resume " + paths.directory() + "' goes on");
                }
                show(false);
                if (out.checkError()) {
                    return Optional.empty();
                }
                first = false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static double seconds() {
        return System.nanoTime() / 1e9;
    }

    /** Looks now and then while nothing is written, and reads on before it believes it. */
    private boolean masterIsDead(boolean first, double quietSince) throws IOException {
        double now = seconds();
        if (!first && (now - quietSince < SILENT_SECONDS || now < nextLook)) {
            return false;
        }
        nextLook = now + SILENT_SECONDS;
        boolean free = !RunDirectory.isEvolving(paths.directory()).orElse(true);
        return free && !follower.poll() && follower.history().ended().isEmpty();
    }

    private void hear(Entry entry) {
        run.accept(entry);
        if (entry instanceof Entry.RunStarted e) {
            clock.begun(e.startUtc(), 0);
            readBudget(e.inputYaml());
        } else if (entry instanceof Entry.RunResumed e) {
            clock.begun(e.startUtc(), e.time());
            readBudget(follower.history().started().orElseThrow().inputYaml());
        }
    }

    /** A run may be resumed with another budget than it was started with; its input then says so. */
    private void readBudget(String recorded) {
        try {
            budget = (Files.exists(paths.input())
                            ? RunConfig.read(paths.input(), Map.of(), List.of())
                            : RunConfig.parse(recorded, paths.input().toString()))
                    .budget();
        } catch (InputException e) {
            budget = RunConfig.parse(recorded, "the run's input").budget();
        }
    }

    private void show(boolean last) {
        LiveFrame frame = new LiveFrame(
                follower.history(), run, budget, last ? follower.history().wallSeconds() : clock.now());
        if (screen.isPresent()) {
            Screen s = screen.get();
            s.draw(frame.lines(s.width(), s.height(), ZonedDateTime.now()));
        } else if (last || seconds() >= nextPlain) {
            nextPlain = seconds() + PLAIN_SECONDS;
            out.println(frame.line());
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        follower.close();
    }
}
