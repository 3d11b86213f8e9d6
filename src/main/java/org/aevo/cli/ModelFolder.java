package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.aevo.network.Design;
import org.aevo.record.FolderDraft;
import org.aevo.record.Inputs;
import org.aevo.record.MetricsFile;
import org.aevo.record.ModelFile;
import org.aevo.record.ModelMetrics;
import org.aevo.record.RunPaths;
import org.aevo.train.dl4j.PlainModel;

/** What {@code aevo train} leaves: a folder with all of a model, or with all of the one before. */
final class ModelFolder {
    private static final String ZIP = "model.zip";
    static final String HDF5 = "model.h5";
    private static final Set<String> OWN =
            Set.of(ZIP, HDF5, AutoencoderFiles.PICTURE, ClassifierFiles.CONFUSION, RunPaths.METRICS, RunPaths.GENOME);

    private final Path target;

    ModelFolder(Path target) {
        this.target = target;
    }

    /** What is written of one kind of models and not of others. */
    interface Content {
        /**
         * Writes {@value ModelFolder#HDF5}, and more.
         *
         * @param inputs how samples become inputs
         * @param notes takes why there is not all that could be
         */
        void write(FolderDraft draft, ModelFile.About about, Inputs inputs, List<String> notes) throws IOException;
    }

    /**
     * Writes all files, or none.
     *
     * @return the metrics as they were written, with a note on what could not be
     */
    ModelMetrics write(MadeModel made, Design design) throws IOException {
        try (FolderDraft draft = FolderDraft.of(target)) {
            Runtime.getRuntime().addShutdownHook(new Thread(draft::close, "cleaning"));
            ModelMetrics metrics = made.metrics();
            draft.write(RunPaths.GENOME, file -> Files.writeString(file, design + "\n"));
            List<String> notes = new ArrayList<>(metrics.notes());
            try {
                draft.write(
                        ZIP,
                        file -> PlainModel.write(file, made.blueprint(), design.hyperparameters(), made.weights()));
            } catch (IllegalArgumentException | IllegalStateException | OutOfMemoryError e) {
                // all the rest is worth having without it
                notes.add("There is no model.zip: " + e.getMessage() + ".");
            }
            ModelFile.About about = new ModelFile.About(
                    metrics.createdBy().name(),
                    metrics.run().name(),
                    metrics.candidate().id(),
                    metrics.candidate().genome(),
                    metrics.training().engine());
            made.content().write(draft, about, metrics.data().inputs().orElseThrow(), notes);
            AtomicReference<ModelMetrics> written = new AtomicReference<>();
            draft.write(RunPaths.METRICS, file -> written.set(MetricsFile.write(file, metrics.withNotes(notes))));
            draft.publish(OWN);
            return written.get();
        }
    }
}
