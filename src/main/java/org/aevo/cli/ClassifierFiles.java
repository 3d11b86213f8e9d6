package org.aevo.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import org.aevo.model.ClassifierContest;
import org.aevo.record.FolderDraft;
import org.aevo.record.Inputs;
import org.aevo.record.ModelFile;
import org.aevo.record.ModelMetrics.Confusion;

/** What the folder of a classifier's model has of its own: what it takes for what. */
record ClassifierFiles(ClassifierContest.Result result) implements ModelFolder.Content {
    static final String CONFUSION = "confusion.csv";

    @Override
    public void write(FolderDraft draft, ModelFile.About about, Inputs inputs, List<String> notes) throws IOException {
        draft.write(
                ModelFolder.HDF5,
                file -> ModelFile.write(file, about, result.blueprint(), result.weights(), result.examples(), inputs));
        draft.write(CONFUSION, file -> Files.writeString(file, csv(result.matrix()), StandardCharsets.UTF_8));
    }

    /** A row for each class, a column for each class that its samples were taken for. */
    private static String csv(Confusion matrix) {
        StringBuilder text = new StringBuilder("label");
        matrix.labels().forEach(label -> text.append(",predicted_").append(label));
        text.append('\n');
        for (int i = 0; i < matrix.labels().size(); i++) {
            text.append(matrix.labels().get(i))
                    .append(matrix.counts().get(i).stream()
                            .map(count -> "," + count)
                            .collect(Collectors.joining()))
                    .append('\n');
        }
        return text.toString();
    }
}
