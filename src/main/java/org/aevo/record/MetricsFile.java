package org.aevo.record;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aevo.io.RegularFile;
import org.aevo.search.Evaluation;
import org.aevo.search.Figure;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code metrics.json}: {@link ModelMetrics} as JSON; {@code docs/model.md} describes it. */
public final class MetricsFile {
    static final String SCHEMA = "aevo-metrics";
    static final int SCHEMA_VERSION = 1;

    private static final long MAX_BYTES = 64 << 20;
    /** Points that a curve keeps, however large the rest is. */
    private static final int SHORT_CURVE = 2;

    private MetricsFile() {}

    /**
     * Writes a file that {@link #read} takes: of long curves fewer points, with a note on it.
     *
     * @return what was written
     * @throws RecordException if it cannot be written; what was there is there still
     */
    public static ModelMetrics write(Path file, ModelMetrics metrics) throws RecordException {
        return write(file, metrics, MAX_BYTES);
    }

    static ModelMetrics write(Path file, ModelMetrics metrics, long most) throws RecordException {
        ModelMetrics written = metrics;
        byte[] bytes = bytes(written);
        for (int step = 2; bytes.length > most; step *= 2) {
            if (written.rows().stream().allMatch(row -> row.curve().size() <= SHORT_CURVE)) {
                throw new RecordException(
                        file + ": would be larger than the " + most + " bytes that such a file may have");
            }
            written = thinned(metrics, step);
            bytes = bytes(written);
        }
        byte[] content = bytes;
        DurableFiles.replace(file, temporary -> Files.write(temporary, content, StandardOpenOption.CREATE_NEW));
        return written;
    }

    private static byte[] bytes(ModelMetrics metrics) {
        return (Json.of(tree(metrics)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** With one epoch in so many of the curves, and the last. */
    private static ModelMetrics thinned(ModelMetrics metrics, int step) {
        List<ModelMetrics.Row> rows = new ArrayList<>();
        for (ModelMetrics.Row row : metrics.rows()) {
            List<Evaluation.Epoch> curve = row.curve();
            rows.add(row.withCurve(IntStream.range(0, curve.size())
                    .filter(i -> i % step == 0 || i == curve.size() - 1)
                    .mapToObj(curve::get)
                    .toList()));
        }
        List<String> notes = new ArrayList<>(metrics.notes());
        notes.add("Of the curves one epoch in " + step + " is kept: all would make too large a file.");
        return metrics.with(rows, notes);
    }

    /**
     * @throws RecordException if it is missing, damaged, or of another version; the message names the file and, where
     *     there is one, the way out
     */
    public static ModelMetrics read(Path file) throws RecordException {
        try {
            return parsed(file);
        } catch (StackOverflowError e) {
            throw new RecordException(file + ": is no " + SCHEMA + " file: nested too deeply; train again", e);
        }
    }

    private static ModelMetrics parsed(Path file) throws RecordException {
        Object tree;
        try {
            RegularFile.require(file);
            if (Files.size(file) > MAX_BYTES) {
                throw new RecordException(
                        file + ": larger than " + (MAX_BYTES >> 20) + " MiB, that is no " + SCHEMA + " file");
            }
            // JSON is YAML
            tree = new Load(LoadSettings.builder()
                            .setLabel(file.toString())
                            .setCodePointLimit((int) MAX_BYTES)
                            .build())
                    .loadFromString(RegularFile.readText(file, StandardCharsets.UTF_8, (int) MAX_BYTES));
        } catch (RecordException e) {
            throw e;
        } catch (IOException e) {
            throw RecordException.of(file, "be read", e);
        } catch (RuntimeException e) { // what YAML has and JSON has not fails in several ways
            throw new RecordException(file + ": is no JSON: " + Fields.firstLine(e) + "; train again", e);
        }
        Fields fields = new Fields(file, "", tree);
        String schema = fields.text("schema");
        long version = fields.whole("schema_version");
        if (!SCHEMA.equals(schema)) {
            throw new RecordException(file + ": is of schema " + schema + ", expected " + SCHEMA);
        }
        if (version != SCHEMA_VERSION) {
            throw new RecordException(file + ": has version " + version + " of the schema, this program reads version "
                    + SCHEMA_VERSION + (version > SCHEMA_VERSION ? "; use a newer aevo" : "; train again"));
        }
        return metrics(fields);
    }

    /** As maps and lists of what JSON has, for {@link Json}. */
    public static Map<String, Object> tree(ModelMetrics m) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        tree.put("schema_version", SCHEMA_VERSION);
        tree.put("created_by", program(m.createdBy()));
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("name", m.run().name());
        run.put("strategy", m.run().strategy());
        run.put("seed", m.run().seed());
        run.put("evaluations", m.run().evaluations());
        run.put("complete", m.run().complete());
        run.put("created_by", program(m.run().program()));
        tree.put("run", run);
        Map<String, Object> candidate = new LinkedHashMap<>();
        candidate.put("id", m.candidate().id());
        candidate.put("genome", m.candidate().genome());
        candidate.put("fitness", m.candidate().fitness());
        candidate.put("validation_loss", m.candidate().validationLoss());
        tree.put("candidate", candidate);
        tree.put("task", m.task());
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("description", m.data().description());
        data.put("seed", m.data().seed());
        data.put("fitted", m.data().fitted());
        data.put("held_out", m.data().heldOut());
        data.put("test", m.data().test());
        data.put("inputs", m.data().inputs().map(Inputs::tree));
        tree.put("data", data);
        Map<String, Object> training = new LinkedHashMap<>();
        training.put("engine", m.training().engine());
        training.put("device", m.training().device());
        training.put("libraries", m.training().libraries());
        training.put("max_epochs", m.training().maxEpochs());
        training.put("patience", m.training().patience());
        training.put("min_improvement", m.training().minImprovement());
        training.put("seed", m.training().seed());
        training.put("loss", m.training().loss());
        tree.put("training", training);
        tree.put("table", m.rows().stream().map(MetricsFile::row).toList());
        tree.put("notes", m.notes());
        m.confusion().ifPresent(confusion -> tree.put(ClassifierFields.CONFUSION, ClassifierFields.tree(confusion)));
        return tree;
    }

    private static Map<String, Object> program(Program program) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", program.name());
        tree.put("git_commit", program.commit());
        tree.put("java_version", program.java());
        return tree;
    }

    private static Map<String, Object> row(ModelMetrics.Row row) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("model", row.model());
        tree.put("kind", row.kind());
        tree.put("genome", row.genome());
        tree.put("parameters", row.parameters());
        tree.put("epochs", row.epochs());
        tree.put("held_out_loss", row.heldOutLoss());
        tree.put("mse", row.error());
        for (Figure figure : Figure.ofNetworks()) {
            tree.put(figure.column(), row.figure(figure));
        }
        if (!row.repeats().isEmpty()) {
            ClassifierFields.put(tree, row);
        }
        tree.put("training_s", row.seconds());
        tree.put("message", row.message());
        List<Object> curve = new ArrayList<>();
        for (Evaluation.Epoch point : row.curve()) {
            Map<String, Object> epoch = new LinkedHashMap<>();
            epoch.put("epoch", point.epoch());
            epoch.put("train_loss", point.trainLoss());
            epoch.put("held_out_loss", point.validationLoss());
            epoch.put("elapsed_s", point.elapsed());
            curve.add(epoch);
        }
        tree.put("curve", curve);
        return tree;
    }

    private static ModelMetrics metrics(Fields fields) throws RecordException {
        Fields run = fields.object("run");
        Fields candidate = fields.object("candidate");
        Fields data = fields.object("data");
        Fields training = fields.object("training");
        List<ModelMetrics.Row> rows = new ArrayList<>();
        for (Fields row : fields.objects("table")) {
            rows.add(row(row));
        }
        return new ModelMetrics(
                program(fields.object("created_by")),
                new ModelMetrics.Run(
                        run.text("name"),
                        run.text("strategy"),
                        run.whole("seed"),
                        run.whole("evaluations"),
                        run.truth("complete"),
                        program(run.object("created_by"))),
                new ModelMetrics.Winner(
                        candidate.whole("id"),
                        candidate.text("genome"),
                        candidate.number("fitness"),
                        candidate.number("validation_loss")),
                fields.text("task"),
                new ModelMetrics.Data(
                        data.text("description"),
                        data.whole("seed"),
                        data.small("fitted"),
                        data.small("held_out"),
                        data.small("test"),
                        data.has("inputs") ? Optional.of(Inputs.of(data.object("inputs"))) : Optional.empty()),
                new ModelMetrics.Training(
                        training.text("engine"),
                        training.text("device"),
                        training.object("libraries").texts(),
                        training.small("max_epochs"),
                        training.small("patience"),
                        training.number("min_improvement"),
                        training.whole("seed"),
                        training.text("loss")),
                rows,
                fields.texts("notes"),
                ClassifierFields.confusion(fields));
    }

    private static Program program(Fields fields) throws RecordException {
        return new Program(fields.text("name"), fields.text("git_commit"), fields.text("java_version"));
    }

    private static ModelMetrics.Row row(Fields row) throws RecordException {
        List<Evaluation.Epoch> curve = new ArrayList<>();
        for (Fields point : row.objects("curve")) {
            curve.add(new Evaluation.Epoch(
                    point.small("epoch"),
                    point.number("train_loss"),
                    point.number("held_out_loss"),
                    point.number("elapsed_s")));
        }
        return new ModelMetrics.Row(
                row.text("model"),
                row.text("kind"),
                row.text("genome"),
                row.whole("parameters"),
                row.small("epochs"),
                row.number("held_out_loss"),
                row.number("mse"),
                figures(row),
                row.number("training_s"),
                curve,
                row.text("message"),
                ClassifierFields.repeats(row));
    }

    /** Those that there are: programs before 0.8.0 did not know all. */
    static Map<Figure, Double> figures(Fields fields) throws RecordException {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.ofNetworks()) {
            if (fields.has(figure.column())) {
                figures.put(figure, fields.number(figure.column()));
            }
        }
        return figures;
    }
}
