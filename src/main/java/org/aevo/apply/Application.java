package org.aevo.apply;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongConsumer;
import org.aevo.apply.Output.Piece;
import org.aevo.data.InputForm;
import org.aevo.data.NewData;
import org.aevo.model.SampleError;
import org.aevo.network.Blueprint;
import org.aevo.network.Classes;
import org.aevo.train.Autoencoder;

/**
 * Samples on their way through a network: one thread reads and scales them, this one computes, a third writes. A few pieces
 * of them are in memory at a time.
 */
public final class Application {
    /** Values of a piece, where 256 samples have more. */
    private static final int MOST_VALUES = 1 << 22;

    private final Autoencoder network;
    private final InputForm form;
    private final Product product;
    private final What what;
    private final boolean scaled;
    private long anomalies;
    private long classified;

    /**
     * @param form of the samples that the network was trained on
     * @param product what is asked for; errors above its threshold are counted
     * @param scaled whether reconstructions stay in [0, 1]; else they are brought back to the units of the data
     */
    public Application(Autoencoder network, InputForm form, Product product, boolean scaled) {
        this.network = network;
        this.form = form;
        this.product = product;
        this.what = product.what();
        this.scaled = scaled;
    }

    /**
     * Reads, computes and writes everything.
     *
     * @param done hears how many samples are through
     * @throws org.aevo.data.DataException if the data cannot be read
     * @throws IOException if the output takes no more, or a classifier gives something that is no number
     */
    public void run(NewData data, Output output, LongConsumer done) throws IOException {
        Belt<float[]> inputs = new Belt<>();
        Belt<Computed> results = new Belt<>();
        FutureTask<Void> reader = started("apply-read", () -> read(data, inputs));
        FutureTask<Void> writer = started("apply-write", () -> write(data, results, output));
        long count = 0;
        try {
            for (Optional<float[]> piece = inputs.take(); piece.isPresent(); piece = inputs.take()) {
                results.put(computed(piece.get()));
                count += piece.get().length / form.size();
                done.accept(count);
            }
        } catch (Belt.StoppedException e) {
            inputs.stop();
            outcome(writer);
            throw e;
        } finally {
            inputs.stop();
            results.end();
            // whatever went wrong: who closes the output next must not do so beside a thread that writes to it
            await(writer);
        }
        outcome(reader);
        outcome(writer);
        if (count != data.count()) {
            throw new IOException("of " + data.count() + " samples " + count + " were read");
        }
    }

    /** Until it has ended, however it has. */
    private static void await(FutureTask<Void> task) {
        boolean interrupted = false;
        while (!task.isDone()) {
            try {
                task.get();
            } catch (ExecutionException e) {
                // told by whoever asks for its outcome
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static FutureTask<Void> started(String name, Callable<Void> work) {
        FutureTask<Void> task = new FutureTask<>(work);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private Void read(NewData data, Belt<float[]> inputs) {
        try {
            new Filler(inputs, data.count()).fill(data);
        } catch (Belt.StoppedException e) {
            // what stopped it is told elsewhere
        } finally {
            inputs.end();
        }
        return null;
    }

    /** Gathers samples into pieces. */
    private final class Filler {
        private final Belt<float[]> inputs;
        private final int size = form.size();
        private int left;
        private float[] piece;
        private int filled;

        Filler(Belt<float[]> inputs, int count) {
            this.inputs = inputs;
            left = count;
            piece = next();
        }

        private float[] next() {
            int most = Math.max(1, Math.min(Blueprint.VALIDATION_BATCH, MOST_VALUES / size));
            return new float[size * Math.min(most, Math.max(1, left))];
        }

        void fill(NewData data) {
            data.read(sample -> {
                System.arraycopy(sample, 0, piece, filled, size);
                filled += size;
                left--;
                if (filled == piece.length) {
                    inputs.put(piece);
                    piece = next();
                    filled = 0;
                }
            });
            if (filled > 0) {
                inputs.put(Arrays.copyOf(piece, filled));
            }
        }
    }

    private Void write(NewData data, Belt<Computed> results, Output output) throws IOException {
        try {
            for (Optional<Computed> next = results.take(); next.isPresent(); next = results.take()) {
                output.write(piece(data, next.get()));
            }
            return null;
        } finally {
            results.stop();
        }
    }

    /** What went in and what came out. */
    private record Computed(float[] inputs, float[] outputs) {}

    /** What takes long is done in this thread; all else in that which writes. */
    private Computed computed(float[] inputs) {
        return new Computed(inputs, what == What.CODES ? network.encode(inputs) : network.reconstruct(inputs));
    }

    private Piece piece(NewData data, Computed computed) throws IOException {
        float[] outputs = computed.outputs();
        return switch (what) {
            case CODES -> Piece.values(outputs);
            case RECONSTRUCTIONS -> {
                if (!scaled) {
                    form.scaler().restore(outputs, form.size());
                }
                yield Piece.values(data.inOwnOrder(outputs));
            }
            case ERRORS -> {
                double[] errors = SampleError.of(computed.inputs(), outputs, form.size());
                anomalies += Arrays.stream(errors)
                        .filter(error -> error > product.threshold())
                        .count();
                yield Piece.errors(errors);
            }
            case LABELS -> Piece.labels(labels(outputs));
            case PROBABILITIES -> {
                labels(outputs);
                yield Piece.values(outputs);
            }
        };
    }

    /** The label of the most probable class of each sample, of equals the first. */
    private int[] labels(float[] probabilities) throws IOException {
        Classes classes = product.classes().orElseThrow();
        int[] labels = new int[probabilities.length / classes.count()];
        for (int sample = 0; sample < labels.length; sample++) {
            int start = sample * classes.count();
            int best = 0;
            for (int i = 0; i < classes.count(); i++) {
                if (Float.isNaN(probabilities[start + i])) {
                    throw new IOException("of sample " + classified + " (counted from 0) the network gives no"
                            + " probability but NaN: its weights are too large for it");
                }
                best = probabilities[start + i] > probabilities[start + best] ? i : best;
            }
            labels[sample] = classes.label(best);
            classified++;
        }
        return labels;
    }

    /** Errors above the threshold, once all is written. */
    public long anomalies() {
        return anomalies;
    }

    private static void outcome(FutureTask<Void> task) throws IOException {
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
