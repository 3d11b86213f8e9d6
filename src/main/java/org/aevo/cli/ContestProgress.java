package org.aevo.cli;

import java.util.Locale;
import java.util.function.Supplier;
import org.aevo.model.ContestListener;
import org.aevo.record.ModelMetrics.Row;
import org.aevo.report.Numbers;
import org.aevo.search.Control;
import org.aevo.search.Evaluation;

/**
 * Shows full trainings on standard error: on a terminal one live line below the models that are done, elsewhere a plain
 * line every ten seconds at most, and one for each model.
 */
final class ContestProgress implements ContestListener {
    private static final double PLAIN_SECONDS = 10;
    private static final double LIVE_SECONDS = 0.1;

    private final boolean live;
    private final int columns;
    private final int maxEpochs;
    private final long start = System.nanoTime();
    private double next;
    private boolean lineOpen;
    private String model = "";
    private double lowest = Double.NaN;
    private String lossName = "";

    ContestProgress(boolean live, int columns, int maxEpochs) {
        this.live = live;
        this.columns = columns;
        this.maxEpochs = maxEpochs;
    }

    @Override
    public synchronized Control begins(String name, int number, int of) {
        model = number + "/" + of + " " + name;
        lowest = Double.NaN;
        next = live ? 0 : seconds() + PLAIN_SECONDS;
        show(() -> "");
        return new Control() {
            @Override
            public void step(int epoch, int samples, int all) {
                int share = (int) (100L * samples / all);
                show(() -> String.format(Locale.ROOT, ", epoch %d of at most %d, %d %%", epoch, maxEpochs, share));
            }

            @Override
            public Verdict epoch(Evaluation.Epoch point) {
                boolean heldOut = !Double.isNaN(point.validationLoss());
                lower(
                        heldOut ? "held-out loss " : "training loss ",
                        heldOut ? point.validationLoss() : point.trainLoss());
                return Verdict.GO_ON;
            }
        };
    }

    @Override
    public synchronized void ends(Row row) {
        String how = !row.message().isEmpty()
                ? row.message()
                : row.epochs() == 0 ? "fitted" : Numbers.count(row.epochs(), "epoch") + ", " + loss(row);
        permanent(Terminal.time(seconds()) + "  " + model + ": " + how);
    }

    private static String loss(Row row) {
        if (!Double.isNaN(row.heldOutLoss()) || row.curve().isEmpty()) {
            return "held-out loss " + Terminal.loss(row.heldOutLoss());
        }
        Evaluation.Epoch last = row.curve().get(row.curve().size() - 1);
        return "training loss " + Terminal.loss(last.trainLoss())
                + String.format(Locale.ROOT, ", %.0f s", row.seconds());
    }

    @Override
    public synchronized void tests(int samples) {
        permanent(Terminal.time(seconds()) + "  testing on " + Numbers.count(samples, "sample"));
    }

    /** Leaves the live line. */
    synchronized void end() {
        if (lineOpen) {
            Terminal.erase();
            System.err.flush();
            lineOpen = false;
        }
    }

    private synchronized void lower(String name, double loss) {
        lossName = name;
        lowest = Double.isNaN(lowest) ? loss : Math.min(lowest, loss);
    }

    /** @param place asked for only where it is time to show something */
    private synchronized void show(Supplier<String> place) {
        if (seconds() < next) {
            return;
        }
        String where = place.get();
        String best = Double.isNaN(lowest) ? "" : ", " + lossName + Terminal.loss(lowest);
        String line = Terminal.time(seconds()) + "  " + model + where + best;
        if (live) {
            next = seconds() + LIVE_SECONDS;
            Terminal.overwrite(Terminal.fit(line, columns - 1));
            System.err.flush();
            lineOpen = true;
        } else if (!where.isEmpty()) {
            next = seconds() + PLAIN_SECONDS;
            System.err.println(line);
        }
    }

    private synchronized void permanent(String line) {
        end();
        System.err.println(live ? Terminal.fit(line, columns) : line);
    }

    private double seconds() {
        return (System.nanoTime() - start) * 1e-9;
    }
}
