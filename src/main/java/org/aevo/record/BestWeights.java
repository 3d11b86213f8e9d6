package org.aevo.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.aevo.search.Weights;

/**
 * The weights of the best candidate so far: one file per improvement, durable before the evaluation that it belongs to
 * is journaled, so that the journal's best has its weights after any crash. The order is: {@link #save}, force the
 * journal, {@link #removeOthers}.
 */
public final class BestWeights {
    private final RunPaths paths;
    private final Holding holding;

    /** Weights and the candidate that they belong to. */
    public record Saved(long id, Weights weights) {}

    private Optional<Saved> current = Optional.empty();

    public BestWeights(RunPaths paths) {
        this(paths, Holding.NOTHING);
    }

    /** Those of a run that this process holds: nothing is written unless it is where it was. */
    public BestWeights(RunPaths paths, Holding holding) {
        this.paths = paths;
        this.holding = holding;
    }

    /** The ones saved or loaded last. */
    public Optional<Saved> current() {
        return current;
    }

    /** Writes the weights of a candidate and waits until the disk has them. */
    public void save(long id, Weights weights) throws RecordException {
        holding.check();
        WeightsFile.write(paths.bestWeights(id), id, weights);
        current = Optional.of(new Saved(id, weights));
    }

    /**
     * The weights of a candidate, which become the current ones; empty if there is no file of them.
     *
     * @throws RecordException if the file is damaged or another candidate's
     */
    public Optional<Saved> load(long id) throws RecordException {
        Path file = paths.bestWeights(id);
        current = Files.exists(file) ? Optional.of(new Saved(id, WeightsFile.read(file, id))) : Optional.empty();
        return current;
    }

    /**
     * The same, of damaged weights as if there were none: all else that a run recorded is good without them.
     *
     * @param say is told of them
     */
    public Optional<Saved> loadSound(long id, Consumer<? super String> say) {
        try {
            return load(id);
        } catch (RecordException e) {
            current = Optional.empty();
            say.accept(e.getMessage() + "; /best/weights of run.h5 is left out");
            return current;
        }
    }

    /**
     * Loads the weights of a history's best, and brings the files to where a crash may have kept them from: {@link
     * #removeOthers} for it, if its weights are here or an older genome is.
     *
     * @param say is told of weights that are damaged; the run has none of its best then, which stay where they are
     * @throws RecordException if the files cannot be written
     */
    public Optional<Saved> restore(RunHistory history, Consumer<? super String> say) throws RecordException {
        if (history.best().isEmpty()) {
            return Optional.empty();
        }
        long best = history.best().getAsLong();
        String genome = history.genomeText(best);
        if (loadSound(best, say).isPresent()) {
            removeOthers(best, genome);
        } else if (Files.exists(paths.bestGenome())) {
            // weights of others stay: they may be evaluated again
            writeGenome(genome);
        }
        return current;
    }

    /** Deletes the files of other candidates, and writes the genome of this one into {@code genome.txt}. */
    public void removeOthers(long id, String genome) throws RecordException {
        holding.check();
        writeGenome(genome);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(paths.best(), "weights-*.h5")) {
            for (Path file : files) {
                if (!file.equals(paths.bestWeights(id))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw RecordException.of(paths.best(), "be cleaned", e);
        }
    }

    /** Nothing is written if it stands there: a full disk is no reason to stop then. */
    private void writeGenome(String genome) throws RecordException {
        String text = genome + "\n";
        try {
            if (Files.isRegularFile(paths.bestGenome())
                    && Arrays.equals(Files.readAllBytes(paths.bestGenome()), text.getBytes(StandardCharsets.UTF_8))) {
                return;
            }
        } catch (IOException e) {
            throw RecordException.of(paths.bestGenome(), "be read", e);
        }
        DurableFiles.replace(paths.bestGenome(), text);
    }
}
