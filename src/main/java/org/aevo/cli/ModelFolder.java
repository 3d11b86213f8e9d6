package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.aevo.model.Contest;
import org.aevo.model.Showing;
import org.aevo.network.Design;
import org.aevo.record.FolderDraft;
import org.aevo.record.MetricsFile;
import org.aevo.record.ModelFile;
import org.aevo.record.ModelMetrics;
import org.aevo.record.RunPaths;
import org.aevo.report.PngFile;
import org.aevo.report.run.ModelPicture;
import org.aevo.report.run.Outputs;
import org.aevo.train.dl4j.PlainModel;

/** What {@code aevo train} leaves: a folder with all of a model, or with all of the one before. */
final class ModelFolder {
    private static final String ZIP = "model.zip";
    static final String HDF5 = "model.h5";
    private static final String PICTURE = "reconstructions.png";
    private static final int EXAMPLES = 10;

    private final Path target;

    ModelFolder(Path target) {
        this.target = target;
    }

    /**
     * Writes all files, or none.
     *
     * @return the metrics as they were written, with a note on what could not be
     */
    ModelMetrics write(ModelMetrics metrics, Design design, Contest.Result result) throws IOException {
        try (FolderDraft draft = FolderDraft.of(target)) {
            Runtime.getRuntime().addShutdownHook(new Thread(draft::close, "cleaning"));
            draft.write(RunPaths.GENOME, file -> Files.writeString(file, design + "\n"));
            List<String> notes = new ArrayList<>(metrics.notes());
            try {
                draft.write(
                        ZIP,
                        file -> PlainModel.write(file, result.blueprint(), design.hyperparameters(), result.weights()));
            } catch (IllegalArgumentException | IllegalStateException | OutOfMemoryError e) {
                // all the rest is worth having without it
                notes.add("There is no model.zip: " + e.getMessage() + ".");
            }
            Showing examples = result.showing().examples(EXAMPLES);
            ModelFile.About about = new ModelFile.About(
                    metrics.createdBy().name(),
                    metrics.run().name(),
                    metrics.candidate().id(),
                    metrics.candidate().genome(),
                    metrics.training().engine());
            ModelFile.Examples shown = new ModelFile.Examples(
                    examples.count(), examples.originals(), examples.inputs(), examples.codes(), examples.outputs());
            ModelFile.NewSamples newSamples =
                    new ModelFile.NewSamples(metrics.data().inputs().orElseThrow(), result.errors());
            draft.write(
                    HDF5,
                    file -> ModelFile.write(file, about, result.blueprint(), result.weights(), shown, newSamples));
            picture(draft, result.showing()).ifPresent(notes::add);
            AtomicReference<ModelMetrics> written = new AtomicReference<>();
            draft.write(RunPaths.METRICS, file -> written.set(MetricsFile.write(file, metrics.withNotes(notes))));
            draft.publish(Set.of(ZIP, HDF5, PICTURE, RunPaths.METRICS, RunPaths.GENOME));
            return written.get();
        }
    }

    /** Answers why there is none: no fonts, no room for it. What was trained for hours is worth having without it. */
    private static Optional<String> picture(FolderDraft draft, Showing showing) throws IOException {
        String why;
        try {
            byte[] picture = PngFile.of(ModelPicture.of(outputs(showing)));
            draft.write(PICTURE, file -> Files.write(file, picture));
            return Optional.empty();
        } catch (IOException e) {
            // a part of a file would be taken for a picture, and takes room that other files need
            Files.deleteIfExists(draft.folder().resolve(PICTURE));
            why = e.getMessage();
        } catch (RuntimeException | Error e) { // Java says by many kinds of errors that it finds no fonts
            why = ReportCommand.cannotDraw(e);
        }
        System.err.println("aevo: there is no " + PICTURE + ": " + why);
        return Optional.of("There is no " + PICTURE + ": " + why + ".");
    }

    private static Outputs outputs(Showing showing) {
        return new Outputs(
                "test",
                showing.shape(),
                showing.count(),
                showing.originals(),
                showing.inputs(),
                showing.outputs(),
                showing.labels(),
                showing.codes());
    }
}
