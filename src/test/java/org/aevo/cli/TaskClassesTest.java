package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.data.Datasets;
import org.aevo.genome.GenomeText;
import org.aevo.network.Classes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which classes a run knows before it begins, and which data are refused. */
class TaskClassesTest {
    @TempDir
    Path folder;

    private final List<String> remarks = new ArrayList<>();

    private static RunConfig config(String data) {
        return RunConfig.parse(
                "budget: {evaluations: 50}\ntask: {kind: classify}\nspace: {family: dense}\ndata: " + data + "\n",
                "in.yaml");
    }

    private Checked checked(String data) {
        return Evaluators.checked(config(data), Optional.empty(), remarks::add);
    }

    /** Rows of two features and a label. */
    private Path table(String name, int... labels) throws IOException {
        StringBuilder text = new StringBuilder("a,b,k\n");
        for (int i = 0; i < labels.length; i++) {
            text.append(i % 7)
                    .append(',')
                    .append(i % 5)
                    .append(',')
                    .append(labels[i])
                    .append('\n');
        }
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void classesAreThoseOfAllPartsAndWhatLooksOddIsSaid() throws IOException {
        Path train = table("train.csv", 3, 8, 3, 8, 3, 8, 3, 8, 3, 8, 3, 8, 3, 8, 3, 8, 3, 8, 3, 8);
        Path test = table("test.csv", 3, 12, 12);
        String data = "{kind: csv, path: " + train + ", labels: k, test-from: {path: " + test + "}, validation: 4}";
        Checked checked = checked(data);
        Classes classes = new Classes(List.of(3, 8, 12));
        assertEquals(Optional.of(classes), checked.inputs().orElseThrow().classes());
        assertEquals(
                3,
                checked.space()
                        .blueprint(GenomeText.parse("- | dense(5,relu) | softmax | adam(lr0.005,batch16)"))
                        .output()
                        .layer()
                        .output()
                        .size());
        assertEquals(
                Optional.of(classes),
                Evaluators.data(config(data), Datasets.load(config(data).data()))
                        .classes());
        assertTrue(remarks.stream().anyMatch(line -> line.startsWith("train has 2 classes, samples of each: 3: ")));
        assertTrue(remarks.contains("test has 2 classes, samples of each: 3: 1, 12: 2"), remarks.toString());
        assertTrue(
                remarks.contains("note: class 12 has no training sample: what was never shown cannot be learnt"),
                remarks.toString());
        assertTrue(remarks.contains("note: class 8 has no test sample"), remarks.toString());
    }

    /** They are not classified: nothing is said of classes, and the labels may all be alike. */
    @Test
    void autoencodersHaveNone() throws IOException {
        Path train = table("train.csv", 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3);
        RunConfig config = RunConfig.parse(
                "budget: {evaluations: 50}\nspace: {family: dense, latent: 1}\ndata: {kind: csv, path: " + train
                        + ", labels: k}\n",
                "in.yaml");
        Checked checked = Evaluators.checked(config, Optional.empty(), remarks::add);
        assertEquals(Optional.empty(), checked.inputs().orElseThrow().classes());
        assertTrue(remarks.stream().noneMatch(line -> line.contains("class")), remarks.toString());
    }

    @Test
    void simulatedEvaluationsAreOfTenClasses() {
        RunConfig config = RunConfig.parse(
                "budget: {evaluations: 50}\ntask: {kind: classify}\nspace: {family: dense}\nevaluator: {kind: simulated}\n",
                "in.yaml");
        Checked checked = Evaluators.checked(config, Optional.empty(), remarks::add);
        assertEquals(
                10,
                checked.space()
                        .blueprint(GenomeText.parse("- | dense(5,relu) | softmax | adam(lr0.005,batch16)"))
                        .output()
                        .layer()
                        .output()
                        .size());
    }

    @Test
    void dataWithoutLabelsAreRefusedWithTheWayOut() throws IOException {
        Path table = table("train.csv", 3, 8, 3, 8, 3, 8, 3, 8, 3, 8, 3, 8);
        Path idx = RandomImages.write(folder.resolve("idx"), 1).resolve("train-images-idx3-ubyte");
        refused("{kind: csv, path: " + table + "}", table + " has none: set data.labels to the column of labels");
        refused("{kind: idx, path: " + idx + "}", idx + " has none: set data.labels to an IDX file of labels");
        refused("{kind: swiss-roll}", "task.kind classify needs a label for each sample, and swiss-roll has none");
    }

    @Test
    void labelsThatAreAllAlikeAreRefusedWithTheirFile() throws IOException {
        Path alike = table("alike.csv", 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3);
        refused(
                "{kind: csv, path: " + alike + ", labels: k}",
                "task.kind classify: " + alike + ", labels k: all 20 samples have the label 3, expected at least two");
        Path test = table("test.csv", 3, 8);
        refused(
                "{kind: csv, path: " + alike + ", labels: k, test-from: {path: " + test + "}}",
                "training samples have the label 3",
                "(" + alike + ", labels k)");
    }

    private void refused(String data, String... parts) {
        String message = assertThrows(InputException.class, () -> checked(data)).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), "'" + part + "' is not in: " + message);
        }
    }
}
