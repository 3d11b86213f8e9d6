package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.ToDoubleFunction;
import org.aevo.record.JournalFollower;
import org.aevo.record.RunHistory;
import org.aevo.record.RunPaths;

/** Says on standard error how far a bench is: on a terminal in one live line, elsewhere in a plain one now and then. */
final class BenchProgress {
    private static final double PLAIN_SECONDS = 60;

    private final int total;
    private final boolean live = Terminal.isLive();
    private final int columns = Terminal.columns();
    private boolean lineOpen;

    /**
     * @param total number of runs
     */
    BenchProgress(int total) {
        this.total = total;
    }

    /** A line that stays. */
    void say(String text) {
        clear();
        System.err.println("aevo: " + text);
    }

    /** {@code 3 of 18: async-2w-r1}. */
    String place(int number, BenchRun run) {
        return number + " of " + total + ": " + run.name();
    }

    /** One run, as long as it goes on. */
    final class Watch implements AutoCloseable {
        private final String place;
        private final BenchRun run;
        private final ToDoubleFunction<RunHistory> secondsLeft;
        private final JournalFollower follower;
        private final long started = System.nanoTime();
        private double nextPlain = PLAIN_SECONDS;
        private boolean blind;

        /**
         * @param directory of the run
         * @param secondsLeft of all runs, by how far this one is; NaN if nobody knows
         */
        Watch(int number, BenchRun run, Path directory, ToDoubleFunction<RunHistory> secondsLeft) {
            this.place = place(number, run);
            this.run = run;
            this.secondsLeft = secondsLeft;
            this.follower = new JournalFollower(new RunPaths(directory).journal(), entry -> {});
        }

        /** To be called now and then. */
        void tick() {
            double seconds = (System.nanoTime() - started) / 1e9;
            if (!live && seconds < nextPlain) {
                return;
            }
            String text = place + ", " + Terminal.time(seconds) + ", " + evaluated() + " evaluated"
                    + left(secondsLeft.applyAsDouble(follower.history()));
            if (live) {
                Terminal.overwrite(Terminal.fit(text, columns - 1));
                System.err.flush();
                lineOpen = true;
            } else {
                nextPlain = seconds + PLAIN_SECONDS;
                System.err.println("aevo: " + text);
            }
        }

        private String evaluated() {
            try {
                if (!blind) {
                    follower.poll();
                }
            } catch (IOException e) {
                // the run itself will say what is wrong
                blind = true;
            }
            int count = follower.history().evaluated();
            return run.config().budget().evaluations().isPresent()
                    ? count + "/" + run.config().budget().evaluations().getAsLong()
                    : Integer.toString(count);
        }

        @Override
        public void close() throws IOException {
            clear();
            follower.close();
        }
    }

    /** A clause that says how long it will take; empty if nobody knows. */
    static String left(double seconds) {
        return Double.isNaN(seconds) ? "" : ", about " + Terminal.time(seconds) + " left";
    }

    private void clear() {
        if (lineOpen) {
            Terminal.erase();
            System.err.flush();
            lineOpen = false;
        }
    }
}
