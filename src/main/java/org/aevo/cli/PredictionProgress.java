package org.aevo.cli;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.aevo.predict.Prediction;
import org.aevo.predict.Predictor;
import org.aevo.predict.Scenario;

/** Shows on standard error how far a long prediction is: nothing of a short one. */
final class PredictionProgress {
    private static final long PLAIN_MILLIS = 10_000;
    private static final long LIVE_MILLIS = 500;

    private PredictionProgress() {}

    static List<Prediction> watch(Predictor predictor, List<Scenario> scenarios) {
        long all = scenarios.stream().mapToLong(Scenario::evaluations).sum();
        long started = System.nanoTime();
        boolean live = Terminal.isLive();
        CompletableFuture<List<Prediction>> work = CompletableFuture.supplyAsync(() -> predictor.predict(scenarios));
        boolean shown = false;
        while (true) {
            try {
                List<Prediction> done = work.get(live ? LIVE_MILLIS : PLAIN_MILLIS, TimeUnit.MILLISECONDS);
                if (shown && live) {
                    Terminal.erase();
                }
                return done;
            } catch (TimeoutException e) {
                long told = predictor.done();
                double left = told == 0 ? 0 : (System.nanoTime() - started) / 1e9 * (all - told) / told;
                String line = "predicting: " + told + "/" + all + " evaluations"
                        + (told == 0 ? "" : ", about " + Terminal.time(left) + " left");
                if (live) {
                    Terminal.overwrite(line);
                } else {
                    System.err.println(line);
                }
                System.err.flush();
                shown = true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof OutOfMemoryError) {
                    throw new CommandException(
                            "the searches of so many evaluations do not fit into the memory of this process: fewer"
                                    + " --evaluations, or AEVO_JAVA_OPTIONS=-Xmx8g",
                            e);
                }
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandException("interrupted", e);
            }
        }
    }
}
