package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.aevo.model.Contest;
import org.aevo.model.Showing;
import org.aevo.record.FolderDraft;
import org.aevo.record.Inputs;
import org.aevo.record.ModelFile;
import org.aevo.report.PngFile;
import org.aevo.report.run.ModelPicture;
import org.aevo.report.run.Outputs;

/** What the folder of an autoencoder's model has of its own: samples and what comes out of them. */
record AutoencoderFiles(Contest.Result result) implements ModelFolder.Content {
    static final String PICTURE = "reconstructions.png";
    private static final int EXAMPLES = 10;

    @Override
    public void write(FolderDraft draft, ModelFile.About about, Inputs inputs, List<String> notes) throws IOException {
        Showing examples = result.showing().examples(EXAMPLES);
        ModelFile.Examples shown = new ModelFile.Examples(
                examples.count(), examples.originals(), examples.inputs(), examples.codes(), examples.outputs());
        draft.write(
                ModelFolder.HDF5,
                file -> ModelFile.write(
                        file,
                        about,
                        result.blueprint(),
                        result.weights(),
                        shown,
                        new ModelFile.NewSamples(inputs, result.errors())));
        picture(draft).ifPresent(notes::add);
    }

    /** Answers why there is none: no fonts, no room for it. What was trained for hours is worth having without it. */
    private Optional<String> picture(FolderDraft draft) throws IOException {
        String why;
        try {
            byte[] picture = PngFile.of(ModelPicture.of(outputs()));
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

    private Outputs outputs() {
        Showing showing = result.showing();
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
