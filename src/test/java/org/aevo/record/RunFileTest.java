package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.aevo.genome.GenomeText;
import org.aevo.host.Machine;
import org.aevo.search.Evaluation;
import org.aevo.search.Figure;
import org.aevo.search.Insertion;
import org.aevo.search.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** h5py, pandas and h5dump read what we wrote. */
class RunFileTest {
    private static final Weights WEIGHTS = new Weights(List.of(
            new Weights.Array("e0_conv_W", new int[] {2, 3, 1, 2}, numbers(12)),
            new Weights.Array("latent_b", new int[] {5}, numbers(5)),
            new Weights.Array("a_scalar", new int[] {}, new float[] {Float.NaN})));

    private static final String MACHINE =
            " cpu_model cores allowed_cores affinity memory_bytes allowed_memory_bytes kernel load";

    /** The contract with readers. Adding to it is free; renaming wants a reason in the changelog. */
    private static final Map<String, String> COLUMNS = Map.of(
            "workers",
                    "busy_s data_bytes data_from data_s device evaluations host joined_s left_s lost pid rank start_s threads worker"
                            + MACHINE,
            "evaluations",
                    "accuracy arrived_s asked_s attempt birth build_s communication_s communication_share continuity cpu_s cross_entropy cumulated_epochs dispatched_s epochs fitness forward_operations generation"
                            + " gpu_memory_bytes id inherited_share insertion left_s peak_memory_bytes"
                            + " knn_accuracy macro_f1 operator parameters parent_a parent_b probe_accuracy psnr ranks samples_per_s"
                            + " selection_lag ssim status step_operations stopped team train_loss train_s trustworthiness validate_s validation_loss wait_s weights_origin worker",
            "teams", "ended_s formed_s lost member team worker",
            "verdicts", "attempt epoch evaluation loss stop time_s",
            "curves", "accuracy cross_entropy elapsed_s epoch evaluation fold train_loss validation_loss",
            "timeline", "barrier end_s evaluation rank start_s state worker",
            "progress", "best_fitness elapsed_s evaluation evaluations mean_fitness population_diversity",
            "master",
                    "ask_s asks busy_s bytes commit_s commits journal_s loop_s messages search_s send_s service_s snapshot_s tell_s tells",
            "sessions", "created_by end_s git_commit host java_version start_s workers" + MACHINE);

    private static final Set<String> ROOT_ATTRIBUTES = Set.of(
            "schema",
            "schema_version",
            "created_by",
            "name",
            "mode",
            "strategy",
            "task",
            "fitness",
            "objectives",
            "seed",
            "start_utc",
            "complete",
            "journal_bytes",
            "journal_crc32c",
            "journal_bytes_left_out",
            "content_crc32",
            "data_sha256",
            "data_place",
            "data_distribution",
            "data_fraction",
            "simulated",
            "workers",
            "team");

    private static final Set<String> RUN = Set.of(
            "input_yaml",
            "command_line",
            "git_commit",
            "java_version",
            "library_names",
            "library_versions",
            "slurm_job_id",
            "wall_s",
            "host",
            "cpu_model",
            "cores",
            "allowed_cores",
            "affinity",
            "memory_bytes",
            "allowed_memory_bytes",
            "kernel",
            "load");

    @TempDir
    private Path dir;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10_000})
    void h5pyReadsEveryDatasetBackEqual(int evaluations) throws Exception {
        RunHistory history = history(evaluations);
        Path file = dir.resolve("run.h5");
        Optional<BestWeights.Saved> weights = history.best().isPresent()
                ? Optional.of(new BestWeights.Saved(history.best().getAsLong(), WEIGHTS))
                : Optional.empty();
        RunFile.write(file, history, weights);
        Map<String, List<String>> found = Outside.h5py(file);
        Map<String, List<String>> expected = expected(history);
        expected.forEach((name, values) -> assertEquals(values, found.get(name), name));
        if (weights.isPresent()) {
            checkWeights(found);
        } else {
            assertFalse(found.keySet().stream().anyMatch(name -> name.startsWith("best/weights")));
        }
        checkNames(found);
        Set<String> unread = datasets(found);
        unread.removeAll(expected.keySet());
        unread.removeIf(name -> name.startsWith("best/weights/") || name.startsWith("timeline/"));
        assertEquals(Set.of(), unread, "datasets that this test does not compare");
        assertTrue(Outside.h5dump("-H", file.toString()).contains("GROUP \"evaluations\""));
        assertEquals(List.of(file), files("run.h5"), "no temporary file is left");
    }

    @Test
    void h5pyReadsWhoWasInWhichTeam() throws Exception {
        RunHistory history = SampleRun.history(new TeamRun(8, 60, 5, 2, 0.2).entries);
        Path file = dir.resolve("run.h5");
        RunFile.write(file, history, Optional.empty());
        assertTrue(history.teams().size() > 5);
        Map<String, List<String>> found = Outside.h5py(file);
        Map<String, List<String>> expected = new LinkedHashMap<>();
        teams(expected, history);
        workers(expected, history);
        evaluations(expected, history);
        expected.put("@team", List.of("2"));
        expected.forEach((name, values) -> assertEquals(values, found.get(name), name));
        assertTrue(new TreeSet<>(found.get("evaluations/communication_share")).contains(bits(0.25)));
        RunData read = RunReader.read(file);
        assertEquals(2, read.about().team());
        assertEquals(2 * history.teams().size(), read.teams().rows());
        assertEquals(Accounting.of(history), read.accounting());
    }

    /** NaN would say that they are members. */
    @Test
    void whoLeftIsNoColumnWhereItWasNotAlwaysRecorded() throws Exception {
        List<Entry> entries = SampleRun.entries(4, 30, 3, 0);
        List<Entry> old = new ArrayList<>(entries);
        for (int i = 0; i < 60; i++) {
            if (old.get(i) instanceof Entry.Inserted e) {
                Insertion in = e.insertion();
                Insertion untold = new Insertion(in.id(), in.bestFitness(), in.meanFitness(), in.diversity());
                old.set(i, new Entry.Inserted(untold, e.time(), false));
            }
        }
        for (List<Entry> run : List.of(entries, old)) {
            RunHistory history = SampleRun.history(run);
            assertEquals(run == entries, history.knowsWhoLeft());
            Path file = dir.resolve("run" + run.size() + history.knowsWhoLeft() + ".h5");
            RunFile.write(file, history, Optional.empty());
            assertEquals(run == entries, Outside.h5py(file).containsKey("evaluations/left_s"));
        }
        for (String name : OldRuns.NAMES) {
            assertFalse(RunHistory.read(OldRuns.journal(name)).knowsWhoLeft(), name);
        }
    }

    @Test
    void eachSessionNamesItsProgram() throws Exception {
        RunHistory history = history(3);
        history.apply(new Entry.RunResumed(Instant.EPOCH, history.wallSeconds(), "", 5, SampleRun.PROGRAM));
        Path file = dir.resolve("run.h5");
        RunFile.write(file, history, Optional.empty());
        Map<String, List<String>> found = Outside.h5py(file);
        assertEquals(List.of("aevo 0.1.0", "aevo 0.2.0"), found.get("sessions/created_by"));
        assertEquals(List.of("0123abc", "feed123"), found.get("sessions/git_commit"));
        assertEquals(List.of("17.0.15", "21.0.1"), found.get("sessions/java_version"));
    }

    /** The timeline and the shares of the file lead to one utilisation, and that to the evaluations' own numbers. */
    @Test
    void utilisationCanBeRecomputedFromTheFile() throws Exception {
        Path file = dir.resolve("run.h5");
        RunFile.write(file, SampleRun.history(SampleRun.entries(5, 500, 4, 0)), Optional.empty());
        String printed = Outside.python(
                """
                import sys, h5py, numpy as np
                f = h5py.File(sys.argv[1])
                e, a = f["evaluations"], f["timeline"].attrs
                busy = (e["build_s"][:] + e["train_s"][:] + e["validate_s"][:]).sum()
                wall = e["arrived_s"][:].max() - e["dispatched_s"][:].min()
                parts = ["utilisation", "waiting", "starting", "lost", "draining"]
                print(abs(busy / (f.attrs["workers"] * wall) - a["utilisation"]) < 1e-9,
                      abs(sum(a[p] for p in parts) - 1) < 1e-9,
                      abs(f["workers/busy_s"][:].sum() - busy) < 1e-6)
                """,
                file.toString());
        assertEquals("True True True", printed.strip());
    }

    @Test
    void aFailedWriteLeavesTheOldFile() throws Exception {
        Path file = dir.resolve("run.h5");
        RunFile.write(file, history(3), Optional.empty());
        byte[] before = Files.readAllBytes(file);
        Weights bad = new Weights(List.of(new Weights.Array("a/b", new int[] {1}, new float[1])));
        RunHistory history = history(50);
        assertThrows(
                RecordException.class,
                () -> RunFile.write(
                        file,
                        history,
                        Optional.of(new BestWeights.Saved(history.best().getAsLong(), bad))));
        assertEquals(HexFormat.of().formatHex(before), HexFormat.of().formatHex(Files.readAllBytes(file)));
        assertEquals(List.of(file), files("run.h5"));
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() {
        Path file = dir.resolve("none").resolve("run.h5");
        RecordException e =
                assertThrows(RecordException.class, () -> RunFile.write(file, history(1), Optional.empty()));
        assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    }

    private static RunHistory history(int evaluations) {
        List<Entry> entries =
                evaluations == 0 ? List.of(SampleRun.started(2)) : SampleRun.entries(3, evaluations, 5, 0.01);
        return SampleRun.history(entries);
    }

    private List<Path> files(String prefix) throws Exception {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(p -> p.getFileName().toString().startsWith(prefix))
                    .toList();
        }
    }

    private static Set<String> datasets(Map<String, List<String>> found) {
        return found.keySet().stream()
                .filter(name -> name.endsWith("#shape"))
                .map(name -> name.substring(0, name.length() - "#shape".length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void checkNames(Map<String, List<String>> found) {
        Set<String> attributes = found.keySet().stream()
                .filter(name -> name.startsWith("@") && !name.equals("@_jHDF"))
                .map(name -> name.substring(1))
                .collect(Collectors.toSet());
        assertEquals(ROOT_ATTRIBUTES, attributes);
        COLUMNS.forEach((table, names) -> assertEquals(
                new TreeSet<>(List.of(names.split(" "))), new TreeSet<>(found.get(table + "#columns")), table));
        Set<String> run = datasets(found).stream()
                .filter(name -> name.startsWith("run/"))
                .map(name -> name.substring("run/".length()))
                .collect(Collectors.toSet());
        assertEquals(RUN, run);
        for (String dataset : datasets(found)) {
            if (!dataset.startsWith("best/weights/")) {
                assertTrue(found.containsKey(dataset + "@units"), dataset);
                assertFalse(found.get(dataset + "@description").get(0).isEmpty(), dataset);
            }
        }
    }

    private static void checkWeights(Map<String, List<String>> found) {
        for (Weights.Array array : WEIGHTS.arrays()) {
            String name = "best/weights/" + array.name();
            List<String> values = new ArrayList<>();
            for (float value : array.values()) {
                values.add(bits(value));
            }
            assertEquals(values, found.get(name));
            assertEquals("float32", found.get(name + "#type").get(0));
            assertEquals(IntStream.of(array.shape()).mapToObj(Integer::toString).toList(), found.get(name + "#shape"));
        }
    }

    /** Every dataset but the timeline, from the rows that the history gives one by one. */
    private static Map<String, List<String>> expected(RunHistory history) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        Entry.RunStarted started = history.started().orElseThrow();
        all.put("@schema", List.of("aevo-run"));
        all.put("@schema_version", List.of("1"));
        all.put("@name", List.of(started.name()));
        all.put("@task", List.of("classify"));
        all.put("@fitness", List.of("1 - macro-F1"));
        all.put("@seed", List.of("-42"));
        all.put("@start_utc", List.of("2026-02-03T04:05:06.789Z"));
        all.put("@complete", List.of(history.complete() ? "1" : "0"));
        all.put("@simulated", List.of("1"));
        all.put("@workers", List.of("" + started.workers()));
        all.put("@team", List.of(history.teams().isEmpty() ? "1" : "2"));
        all.put("run/input_yaml", List.of(started.inputYaml()));
        all.put("run/command_line", List.of(started.commandLine()));
        all.put("run/git_commit", List.of(started.gitCommit()));
        all.put("run/java_version", List.of(started.javaVersion()));
        all.put("run/library_names", List.of("dl4j", "jhdf"));
        all.put("run/library_versions", List.of("1.0.0-M2.1", "0.13.0"));
        all.put("run/slurm_job_id", List.of("77"));
        all.put("run/wall_s", List.of(bits(history.wallSeconds())));
        Session first = history.sessions().get(0);
        new Table<>(all, "run", List.of(first)).text("host", Session::host).machine(Session::machine);
        all.keySet().removeAll(Set.of("run#rows", "run@rows"));
        all.put("best/evaluation", List.of("" + history.best().orElse(-1)));
        all.put(
                "best/genome",
                List.of(
                        history.best().isPresent()
                                ? history.genomeText(history.best().getAsLong())
                                : ""));
        Table<Session> sessions = new Table<>(all, "sessions", history.sessions());
        sessions.real("start_s", Session::start)
                .real("end_s", Session::end)
                .whole("workers", s -> (long) s.workers())
                .text("created_by", s -> s.program().name())
                .text("git_commit", s -> s.program().commit())
                .text("java_version", s -> s.program().java())
                .text("host", Session::host)
                .machine(Session::machine);
        workers(all, history);
        teams(all, history);
        verdicts(all, history.verdicts().judged());
        evaluations(all, history);
        Table<Integer> progress = new Table<>(
                all, "progress", IntStream.range(0, history.inserted()).boxed().toList());
        progress.whole("evaluations", i -> i + 1L)
                .whole("evaluation", i -> history.insertion(i).id())
                .real("elapsed_s", i -> history.evaluation(history.insertion(i).id())
                        .orElseThrow()
                        .arrived())
                .real("best_fitness", i -> history.insertion(i).bestFitness())
                .real("mean_fitness", i -> history.insertion(i).meanFitness())
                .real("population_diversity", i -> history.insertion(i).diversity());
        Entry.MasterCosts costs = history.masterCosts();
        new Table<>(all, "master", List.of(costs))
                .whole("asks", Entry.MasterCosts::asks)
                .whole("tells", Entry.MasterCosts::tells)
                .whole("messages", Entry.MasterCosts::messages)
                .whole("bytes", Entry.MasterCosts::bytes)
                .real("busy_s", c -> history.evaluated() == 0 ? 0.0 : 15.0)
                .real("ask_s", Entry.MasterCosts::askS)
                .real("tell_s", Entry.MasterCosts::tellS)
                .real("journal_s", Entry.MasterCosts::journalS)
                .real("snapshot_s", Entry.MasterCosts::snapshotS)
                .real("send_s", Entry.MasterCosts::sendS)
                .whole("commits", Entry.MasterCosts::commits)
                .real("commit_s", Entry.MasterCosts::commitS)
                .real("loop_s", Entry.MasterCosts::loopS)
                .real("service_s", Entry.MasterCosts::serviceS)
                .real("search_s", Entry.MasterCosts::searchS);
        return all;
    }

    private static void workers(Map<String, List<String>> all, RunHistory history) {
        new Table<>(all, "workers", history.workers())
                .whole("worker", w -> w.joined().worker())
                .whole("rank", w -> (long) w.joined().rank())
                .text("host", w -> w.joined().host())
                .text("device", w -> w.joined().device())
                .whole("pid", w -> w.joined().pid())
                .real("start_s", w -> w.joined().startSeconds())
                .real("joined_s", w -> w.joined().time())
                .real("left_s", WorkerRow::left)
                .whole("lost", w -> w.lost() ? 1L : 0L)
                .whole("evaluations", WorkerRow::evaluations)
                .real("busy_s", WorkerRow::busy)
                .whole("threads", w -> (long) w.joined().threads())
                .text("data_from", w -> w.data()
                        .map(came -> came.fetched() ? "message" : "copy")
                        .orElse("none"))
                .whole("data_bytes", w -> w.data().map(Entry.DataCame::bytes).orElse(0L))
                .real("data_s", w -> w.data().map(Entry.DataCame::seconds).orElse(Double.NaN))
                .machine(w -> w.joined().machine());
    }

    private static void teams(Map<String, List<String>> all, RunHistory history) {
        record Member(TeamRow team, int place) {}
        List<Member> members = history.teams().stream()
                .flatMap(team -> IntStream.range(0, team.size()).mapToObj(place -> new Member(team, place)))
                .toList();
        new Table<>(all, "teams", members)
                .whole("team", m -> m.team().team())
                .whole("member", m -> (long) m.place())
                .whole("worker", m -> m.team().workers().get(m.place()))
                .real("formed_s", m -> m.team().formed())
                .real("ended_s", m -> m.team().ended())
                .whole("lost", m -> m.team().lost() ? 1L : 0L);
    }

    private static void verdicts(Map<String, List<String>> all, List<Entry.Judged> judged) {
        new Table<>(all, "verdicts", judged)
                .whole("evaluation", Entry.Judged::id)
                .whole("attempt", j -> (long) j.attempt())
                .whole("epoch", j -> (long) j.epoch())
                .real("loss", Entry.Judged::loss)
                .whole("stop", j -> j.stop() ? 1L : 0L)
                .real("time_s", Entry.Judged::time);
    }

    private static void evaluations(Map<String, List<String>> all, RunHistory history) {
        List<EvaluationRow> rows = IntStream.range(0, history.asked())
                .mapToObj(history::evaluation)
                .flatMap(Optional::stream)
                .toList();
        new Table<>(all, "evaluations", rows)
                .whole("id", r -> r.candidate().id())
                .whole("generation", r -> (long) r.candidate().generation())
                .whole("birth", r -> r.candidate().id())
                .whole("insertion", EvaluationRow::insertion)
                .whole("selection_lag", EvaluationRow::selectionLag)
                .real("left_s", EvaluationRow::left)
                .whole("parent_a", r -> r.candidate().parentA())
                .whole("parent_b", r -> r.candidate().parentB())
                .whole("worker", EvaluationRow::worker)
                .whole("team", EvaluationRow::team)
                .whole("ranks", r -> (long) r.evaluation().effort().teamwork().ranks())
                .real("communication_s", r -> r.evaluation().effort().teamwork().communicationSeconds())
                .real(
                        "communication_share",
                        r -> r.evaluation().effort().teamwork().communicationSeconds()
                                / (r.evaluation().effort().durations().train()
                                        + r.evaluation().effort().durations().validate()))
                .whole("attempt", r -> (long) r.attempt())
                .real("asked_s", EvaluationRow::asked)
                .real("dispatched_s", EvaluationRow::dispatched)
                .real("arrived_s", EvaluationRow::arrived)
                .real("wait_s", EvaluationRow::waitSeconds)
                .real("build_s", r -> r.evaluation().effort().durations().build())
                .real("train_s", r -> r.evaluation().effort().durations().train())
                .real("validate_s", r -> r.evaluation().effort().durations().validate())
                .whole("status", r -> (long) r.evaluation().status().ordinal())
                .real("fitness", r -> r.evaluation().fitness())
                .real("train_loss", r -> r.evaluation().score().trainLoss())
                .real("validation_loss", r -> r.evaluation().score().validationLoss())
                .whole("parameters", r -> r.evaluation().effort().parameters())
                // simulated: there are no samples that a network could be for
                .real("forward_operations", r -> Double.NaN)
                .real("step_operations", r -> Double.NaN)
                .whole("epochs", r -> (long) r.evaluation().effort().epochs())
                .whole("stopped", r -> (long) history.stoppedAt(r.candidate().id(), r.attempt()))
                .real("samples_per_s", r -> r.evaluation().effort().samplesPerSecond())
                .real("cpu_s", r -> r.evaluation().effort().usage().cpuSeconds())
                .real("peak_memory_bytes", r -> r.evaluation().effort().usage().peakMemoryBytes())
                .real("gpu_memory_bytes", r -> r.evaluation().effort().usage().gpuMemoryBytes())
                .text("weights_origin", r -> r.evaluation()
                        .effort()
                        .inheritance()
                        .origin()
                        .name()
                        .toLowerCase(java.util.Locale.ROOT))
                .real(
                        "inherited_share",
                        r -> r.evaluation().effort().inheritance().share())
                .whole(
                        "cumulated_epochs",
                        r -> r.evaluation().effort().inheritance().epochs()
                                + r.evaluation().effort().epochs())
                .text("operator", r -> r.candidate().operator())
                .real("psnr", r -> r.evaluation().score().figure(Figure.PSNR))
                .real("ssim", r -> r.evaluation().score().figure(Figure.SSIM))
                .real("trustworthiness", r -> r.evaluation().score().figure(Figure.TRUSTWORTHINESS))
                .real("continuity", r -> r.evaluation().score().figure(Figure.CONTINUITY))
                .real("probe_accuracy", r -> r.evaluation().score().figure(Figure.PROBE_ACCURACY))
                .real("knn_accuracy", r -> r.evaluation().score().figure(Figure.KNN_ACCURACY))
                .real("accuracy", r -> r.evaluation().score().figure(Figure.ACCURACY))
                .real("cross_entropy", r -> r.evaluation().score().figure(Figure.CROSS_ENTROPY))
                .real("macro_f1", r -> r.evaluation().score().figure(Figure.MACRO_F1));
        texts(all, "genomes", rows, r -> GenomeText.print(r.candidate().genome()));
        texts(all, "messages", rows, r -> r.evaluation().message());
        record Point(long id, Evaluation.Epoch at) {}
        List<Point> points = rows.stream()
                .flatMap(r -> r.evaluation().curve().stream()
                        .map(at -> new Point(r.candidate().id(), at)))
                .toList();
        new Table<>(all, "curves", points)
                .whole("evaluation", Point::id)
                .whole("fold", p -> (long) p.at().fold())
                .whole("epoch", p -> (long) p.at().epoch())
                .real("train_loss", p -> p.at().trainLoss())
                .real("validation_loss", p -> p.at().validationLoss())
                .real("elapsed_s", p -> p.at().elapsed())
                .real("accuracy", p -> p.at().figure(Figure.ACCURACY))
                .real("cross_entropy", p -> p.at().figure(Figure.CROSS_ENTROPY));
    }

    private static void texts(
            Map<String, List<String>> all,
            String group,
            List<EvaluationRow> rows,
            Function<EvaluationRow, String> text) {
        all.put(group + "#texts", rows.stream().map(text).toList());
        List<String> offsets = new ArrayList<>(List.of("0"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (EvaluationRow row : rows) {
            bytes.writeBytes(text.apply(row).getBytes(StandardCharsets.UTF_8));
            offsets.add("" + bytes.size());
        }
        byte[] utf8 = bytes.size() == 0 ? new byte[1] : bytes.toByteArray();
        all.put(group + "/offset", offsets);
        all.put(group + "/utf8", List.of(HexFormat.of().formatHex(utf8)));
    }

    /** Columns as the outside should find them; without rows, one of missing values. */
    private record Table<T>(Map<String, List<String>> all, String name, List<T> rows) {
        Table {
            all.put(name + "#rows", List.of("" + rows.size()));
            all.put(name + "@rows", List.of("" + rows.size()));
        }

        Table<T> whole(String column, Function<T, Long> value) {
            return put(column, "-1", row -> value.apply(row).toString());
        }

        Table<T> real(String column, Function<T, Double> value) {
            return put(column, bits(Double.NaN), row -> bits(value.apply(row)));
        }

        Table<T> text(String column, Function<T, String> value) {
            return put(column, "", value);
        }

        Table<T> machine(Function<T, Machine> machine) {
            return text("cpu_model", row -> machine.apply(row).cpu())
                    .whole("cores", row -> (long) machine.apply(row).cores())
                    .real("allowed_cores", row -> machine.apply(row).allowedCores())
                    .text("affinity", row -> machine.apply(row).affinity())
                    .whole("memory_bytes", row -> machine.apply(row).memoryBytes())
                    .whole("allowed_memory_bytes", row -> machine.apply(row).allowedMemoryBytes())
                    .text("kernel", row -> machine.apply(row).kernel())
                    .real("load", row -> machine.apply(row).load());
        }

        private Table<T> put(String column, String missing, Function<T, String> value) {
            all.put(
                    name + "/" + column,
                    rows.isEmpty() ? List.of(missing) : rows.stream().map(value).toList());
            return this;
        }
    }

    private static String bits(double value) {
        return HexFormat.of()
                .formatHex(ByteBuffer.allocate(Double.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putDouble(value)
                        .array());
    }

    private static float[] numbers(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) Math.sin(i + 1);
        }
        return values;
    }
}
