package org.aevo.record;

import static java.util.Map.entry;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.aevo.io.RegularFile;
import org.aevo.network.Blueprint;
import org.aevo.record.Timeline.State;
import org.aevo.search.Criterion;

/**
 * Reads {@code run.h5}, or, where that is not there or behind, the journal, by way of a temporary file of the same form:
 * whatever reads runs for analysis sees one form of them.
 */
public final class RunReader {
    /** What the program cannot do without; more columns are read if they are there. */
    private static final Map<String, String> COLUMNS = Map.ofEntries(
            entry("sessions", "start_s end_s workers"),
            entry("workers", "worker rank host device start_s joined_s left_s lost evaluations busy_s"),
            entry(
                    "evaluations",
                    "id generation insertion selection_lag parent_a parent_b worker attempt asked_s dispatched_s arrived_s wait_s"
                            + " build_s train_s validate_s status fitness train_loss validation_loss parameters epochs"
                            + " samples_per_s operator"),
            entry("curves", "evaluation epoch train_loss validation_loss elapsed_s"),
            entry("timeline", "rank worker start_s end_s state evaluation barrier"),
            entry("progress", "evaluations evaluation elapsed_s best_fitness mean_fitness population_diversity"),
            entry(TeamTables.TEAMS, "team member worker formed_s ended_s lost"),
            entry("front", "id"),
            entry("hypervolume", "evaluations evaluation elapsed_s hypervolume front_size"),
            entry(
                    EnsembleTables.TASKS,
                    "evaluation task repeat member epoch status seconds validation_loss accuracy test_accuracy"),
            entry(
                    EnsembleTables.ACCURACY,
                    "rival repeat epoch validation_accuracy test_accuracy training_s combination_s effective_s"),
            entry(
                    EnsembleTables.DIVERSITY,
                    "repeat epoch disagreement error_correlation test_disagreement test_error_correlation"),
            entry("master", "asks tells messages bytes busy_s ask_s tell_s journal_s snapshot_s send_s"));

    private RunReader() {}

    /** As {@link #read(Path, Consumer)}, without a word about what was read. */
    public static RunData read(Path place) throws IOException {
        return read(place, note -> {});
    }

    /**
     * The run of a directory, as far as it is; or of a {@code run.h5} that was copied elsewhere. A run.h5 is believed if
     * its checksum is right, and shows all of the journal if there is one; else the journal is read.
     *
     * @param say is told why run.h5 was not believed
     * @throws RecordException if there is none, or its file is foreign, newer than this program, or damaged
     * @throws org.aevo.codec.MalformedDataException if the journal is needed and damaged
     */
    public static RunData read(Path place, Consumer<? super String> say) throws IOException {
        return read(place, say, torn -> {});
    }

    /**
     * The same.
     *
     * @param torn is told, where the journal was read, how many bytes of an unfinished record are at its end
     */
    public static RunData read(Path place, Consumer<? super String> say, LongConsumer torn) throws IOException {
        if (Files.isRegularFile(place)) {
            return file(place, place);
        }
        RunPaths paths = new RunPaths(place);
        boolean journal = Files.exists(paths.journal());
        if (!journal && !Files.exists(paths.hdf5())) {
            throw new RecordException(place + ": "
                    + (Files.exists(place) ? "no run here (neither run.h5 nor run.journal)" : "no such directory"));
        }
        if (!journal) {
            return file(paths.hdf5(), place);
        }
        if (!Files.exists(paths.hdf5())) {
            return journal(paths, say, torn);
        }
        Optional<String> objection = objection(paths);
        if (objection.isEmpty()) {
            try {
                return file(paths.hdf5(), place);
            } catch (RecordException e) {
                objection = Optional.of(e.getMessage());
            }
        }
        objection.filter(text -> !text.isEmpty()).ifPresent(text -> say.accept(text + "; its journal is read"));
        return journal(paths, say, torn);
    }

    private static RunData journal(RunPaths paths, Consumer<? super String> say, LongConsumer torn) throws IOException {
        return ScratchFolder.use(paths.directory(), folder -> {
            Path view = folder.resolve("run.h5");
            torn.accept(Recover.export(paths, view, say).tornBytes());
            return file(view, paths.directory());
        });
    }

    /** Why the journal is read and not run.h5; nothing in particular where an older program wrote that. */
    private static Optional<String> objection(RunPaths paths) throws IOException {
        Optional<ShownJournal> shown = ShownJournal.of(paths.hdf5());
        if (shown.isEmpty()) {
            try {
                file(paths.hdf5(), paths.hdf5());
                return Optional.of("");
            } catch (RecordException e) {
                return Optional.of(e.getMessage());
            }
        }
        return switch (shown.get().standing(paths.journal())) {
            case CURRENT -> Optional.empty();
            case BEHIND -> Optional.of(paths.hdf5() + ": is older than run.journal, which has gone on since");
            case AHEAD -> LostRecords.of(paths);
            case OTHER -> Optional.of(paths.hdf5() + ": was not made from the run.journal beside it");
        };
    }

    private static RunData file(Path file, Path source) throws RecordException {
        try {
            RegularFile.require(file);
        } catch (IOException e) {
            throw RecordException.of(file, "be read as a run", e);
        }
        try (HdfFile hdf5 = new HdfFile(file)) {
            checkSchema(hdf5, file);
            RunFile.checkLength(file);
            boolean sound =
                    Hdf5Checksum.matches(hdf5).orElse(!hdf5.getAttributes().containsKey("journal_bytes"));
            if (!sound) {
                throw new RecordException(
                        file + ": damaged, or changed since it was written: its checksum does not match;"
                                + " aevo recover makes a run.h5 anew from its journal");
            }
            return new Reading(hdf5, file).read(source);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            if (String.valueOf(e.getMessage()).contains("signature")) {
                throw new RecordException(file + ": cannot be read as a run: it is no HDF5 file", e);
            }
            throw new RecordException(
                    file + ": cannot be read as a run (" + e + "); aevo recover makes a run.h5 anew from its journal",
                    e);
        }
    }

    private static void checkSchema(HdfFile hdf5, Path file) throws RecordException {
        Attribute schema = hdf5.getAttribute("schema");
        if (schema == null || !RunFile.SCHEMA.equals(schema.getData())) {
            throw new RecordException(file + ": is an HDF5 file, but not of a run of aevo (no attribute schema = "
                    + RunFile.SCHEMA + ")");
        }
        Attribute version = hdf5.getAttribute("schema_version");
        int found = version == null ? 0 : ((Number) version.getData()).intValue();
        if (found != RunFile.SCHEMA_VERSION) {
            throw new RecordException(file + ": has version " + found + " of the schema, this program reads version "
                    + RunFile.SCHEMA_VERSION + (found > RunFile.SCHEMA_VERSION ? "; use a newer aevo" : ""));
        }
    }

    /** One file being read. */
    private record Reading(HdfFile hdf5, Path file) {
        RunData read(Path source) throws RecordException {
            RunTable evaluations = table("evaluations");
            RunTable timeline = table("timeline");
            for (long state : timeline.longs("state")) {
                if (state < 0 || state >= State.values().length) {
                    throw new RecordException(file + ": /timeline/state holds " + state);
                }
            }
            Group times = group("timeline");
            long best = (Long) dataset("best/evaluation").getData();
            Node weights = group("best").getChild("weights");
            return new RunData(
                    source,
                    about(),
                    table("sessions"),
                    table("workers"),
                    teams(),
                    evaluations,
                    texts("genomes", evaluations.rows()),
                    texts("messages", evaluations.rows()),
                    table("curves"),
                    timeline,
                    (Double) attribute(times, "first_dispatch_s"),
                    (Double) attribute(times, "last_arrival_s"),
                    table("progress"),
                    table("master"),
                    best < 0 ? OptionalLong.empty() : OptionalLong.of(best),
                    weights instanceof Group g ? Optional.of(WeightsFile.get(g)) : Optional.empty(),
                    network(),
                    front(),
                    ensemble());
        }

        /** No rows of an older program's. */
        private RunTable teams() throws RecordException {
            if (hdf5.getChild(TeamTables.TEAMS) != null) {
                return table(TeamTables.TEAMS);
            }
            long[] none = {};
            double[] never = {};
            return new RunTable(
                    TeamTables.TEAMS,
                    0,
                    Map.of(
                            "team",
                            none,
                            "member",
                            none,
                            "worker",
                            none,
                            "formed_s",
                            never,
                            "ended_s",
                            never,
                            "lost",
                            none));
        }

        /** Empty of a run without objectives, and of an older program's. */
        private Optional<RunFront> front() throws RecordException {
            if (hdf5.getChild("front") == null) {
                return Optional.empty();
            }
            List<String> objectives = List.of(text(hdf5, "objectives").split(", "));
            Group hypervolume = group("hypervolume");
            List<Double> reference = new ArrayList<>();
            for (String objective : objectives) {
                reference.add((Double) attribute(hypervolume, FrontTables.reference(Criterion.column(objective))));
            }
            return Optional.of(new RunFront(
                    objectives,
                    table("front"),
                    table("hypervolume"),
                    reference,
                    FrontTables.GIVEN.equals(attribute(hypervolume, "reference_from"))));
        }

        /** Empty of a search. */
        private Optional<RunEnsemble> ensemble() throws RecordException {
            if (hdf5.getChild(EnsembleTables.TASKS) == null) {
                return Optional.empty();
            }
            try {
                return Optional.of(EnsembleTables.read(
                        table(EnsembleTables.TASKS), table(EnsembleTables.ACCURACY), table(EnsembleTables.DIVERSITY)));
            } catch (IllegalArgumentException e) {
                throw new RecordException(file + ": not the results of an ensemble: " + e.getMessage(), e);
            }
        }

        private Optional<Blueprint> network() throws RecordException {
            Group best = group("best");
            if (best.getChild(LayerTable.LAYERS) == null) {
                return Optional.empty();
            }
            try {
                return Optional.of(
                        LayerTable.read(best, Inputs.of(group(Inputs.GROUP)).shape()));
            } catch (IllegalArgumentException e) {
                throw new RecordException(file + ": the layers in /best are no network: " + e.getMessage(), e);
            }
        }

        private RunData.About about() throws RecordException {
            Map<String, String> libraries = new TreeMap<>();
            String[] names = (String[]) dataset("run/library_names").getData();
            String[] versions = (String[]) dataset("run/library_versions").getData();
            for (int i = 0; i < Math.min(names.length, versions.length); i++) {
                libraries.put(names[i], versions[i]);
            }
            Map<String, String> slurm = new TreeMap<>();
            for (Node node : group("run")) {
                if (node.getName().startsWith("slurm_")) {
                    slurm.put(node.getName(), (String) ((Dataset) node).getData());
                }
            }
            return new RunData.About(
                    (String) attribute(hdf5, "name"),
                    (String) attribute(hdf5, "mode"),
                    (String) attribute(hdf5, "strategy"),
                    text(hdf5, "task"),
                    text(hdf5, "fitness"),
                    ((Number) attribute(hdf5, "seed")).longValue(),
                    Instant.parse((String) attribute(hdf5, "start_utc")),
                    (String) attribute(hdf5, "created_by"),
                    ((Number) attribute(hdf5, "complete")).intValue() == 1,
                    ((Number) attribute(hdf5, "journal_bytes_left_out")).longValue(),
                    ((Number) attribute(hdf5, "simulated")).intValue() == 1,
                    ((Number) attribute(hdf5, "workers")).intValue(),
                    hdf5.getAttribute("team") == null ? 1 : ((Number) attribute(hdf5, "team")).intValue(),
                    (Double) dataset("run/wall_s").getData(),
                    text(hdf5, "data_sha256"),
                    text(hdf5, "data_place"),
                    (String) dataset("run/input_yaml").getData(),
                    (String) dataset("run/command_line").getData(),
                    (String) dataset("run/git_commit").getData(),
                    (String) dataset("run/java_version").getData(),
                    libraries,
                    slurm);
        }

        private RunTable table(String name) throws RecordException {
            Group group = group(name);
            long rows = ((Number) attribute(group, "rows")).longValue();
            Map<String, Object> columns = new HashMap<>();
            for (Node node : group) {
                if (node instanceof Dataset dataset) {
                    columns.put(node.getName(), column(dataset, rows));
                }
            }
            for (String column : COLUMNS.get(name).split(" ")) {
                if (!columns.containsKey(column)) {
                    throw new RecordException(file + ": /" + name + "/" + column + " is missing; aevo recover makes a"
                            + " run.h5 anew from its journal");
                }
            }
            return new RunTable(name, (int) rows, columns);
        }

        private Object column(Dataset dataset, long rows) throws RecordException {
            Object values = dataset.getDataFlat();
            if (rows < 0 || dataset.getSize() != Math.max(1, rows)) {
                throw new RecordException(file + ": " + dataset.getPath() + " has " + dataset.getSize()
                        + " values in a table of " + rows + " rows");
            }
            if (values instanceof double[] numbers) {
                return Arrays.copyOf(numbers, (int) rows);
            }
            if (values instanceof long[] numbers) {
                return Arrays.copyOf(numbers, (int) rows);
            }
            if (values instanceof int[] numbers) {
                return Arrays.stream(numbers).limit(rows).asLongStream().toArray();
            }
            if (values instanceof String[] texts) {
                return Arrays.copyOf(texts, (int) rows);
            }
            throw new RecordException(file + ": " + dataset.getPath() + " holds no numbers or texts");
        }

        private List<String> texts(String name, int rows) throws RecordException {
            byte[] utf8 = (byte[]) dataset(name + "/utf8").getData();
            long[] offset = (long[]) dataset(name + "/offset").getData();
            if (offset.length != rows + 1) {
                throw new RecordException(
                        file + ": /" + name + " has " + (offset.length - 1) + " texts for " + rows + " rows");
            }
            List<String> texts = new ArrayList<>(rows);
            for (int i = 0; i < rows; i++) {
                texts.add(new String(utf8, (int) offset[i], (int) (offset[i + 1] - offset[i]), StandardCharsets.UTF_8));
            }
            return texts;
        }

        private Group group(String path) throws RecordException {
            if (hdf5.getByPath(path) instanceof Group group) {
                return group;
            }
            throw new RecordException(file + ": /" + path + " is no group");
        }

        private Dataset dataset(String path) {
            return hdf5.getDatasetByPath(path);
        }

        /** Empty where an older program did not write it. */
        private static String text(Node node, String name) {
            Attribute attribute = node.getAttribute(name);
            return attribute == null ? "" : (String) attribute.getData();
        }

        private Object attribute(Node node, String name) throws RecordException {
            Attribute attribute = node.getAttribute(name);
            if (attribute == null) {
                throw new RecordException(file + ": " + node.getPath() + " has no attribute " + name);
            }
            return attribute.getData();
        }
    }
}
