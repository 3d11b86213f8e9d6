package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.aevo.SmallDisk;
import org.aevo.record.EvaluationRow;
import org.aevo.record.RunHistory;
import org.aevo.search.Candidate;
import org.aevo.search.Inheritance;
import org.aevo.search.Inheritance.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whole runs whose children inherit: two workers, and every fault of the folder with the weights. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class InheritanceRunTest {
    private static final String INPUT =
            """
            name: heirs
            seed: 6
            mode: %s
            budget: {evaluations: 16}
            evolution: {population: 4, offspring: 4, min-population: 4, tournament: 1, guide: none, inherit-weights: yes}
            space: {family: dense, latent: 2, max-genes: 2, units: [4, 16]}
            training: {engine: torch, epochs: 2}
            data: {kind: swiss-roll, samples: 300}
            cluster: {workers: 2}
            """;

    @TempDir
    private Path folder;

    private void input(String mode) throws IOException {
        Files.writeString(folder.resolve("input.yaml"), INPUT.formatted(mode));
    }

    private Path weights() {
        return folder.resolve("run/weights");
    }

    private AevoProcess.Result run(String... more) throws Exception {
        return AevoProcess.run(
                folder,
                Stream.concat(Stream.of("run", "input.yaml", "-o", "run"), Stream.of(more))
                        .toArray(String[]::new));
    }

    private AevoProcess.Result done(AevoProcess.Result result) throws IOException {
        assertEquals(ExitCode.DONE, result.code(), result.err());
        return result;
    }

    private List<EvaluationRow> rows() throws IOException {
        RunHistory history = RunHistory.read(folder.resolve("run/run.journal"));
        return LongStream.range(0, history.asked())
                .mapToObj(history::evaluation)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Inheritance inheritance(EvaluationRow row) {
        return row.evaluation().effort().inheritance();
    }

    /** Origins of children from some candidate on. */
    private Set<Origin> ofChildren(List<EvaluationRow> rows, long from) {
        Set<Origin> origins = new HashSet<>();
        rows.stream()
                .filter(row -> row.candidate().id() >= from && row.candidate().parentA() != Candidate.NONE)
                .forEach(row -> origins.add(inheritance(row).origin()));
        return origins;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(weights())) {
            return all.filter(file -> file.toString().endsWith(".weights"))
                    .sorted()
                    .toList();
        }
    }

    /** What a run of its seed is, to the bit, whoever evaluated what. */
    private static List<String> outcomes(List<EvaluationRow> rows) {
        return rows.stream()
                .map(row -> row.candidate() + " "
                        + Double.doubleToLongBits(row.evaluation().fitness()) + " " + inheritance(row))
                .toList();
    }

    /** What is shown of one candidate: by a process, since other tests run beside these, and what is printed here is everybody's. */
    private String idOf(EvaluationRow row) throws Exception {
        String id = Long.toString(row.candidate().id());
        return AevoProcess.run(folder, "show", "run", "--id", id).out();
    }

    @Test
    void childrenInheritAndASynchronousRunIsTheSameOnOneWorker() throws Exception {
        input("sync");
        done(run());
        List<EvaluationRow> rows = rows();
        assertEquals(Set.of(Origin.PARENT), ofChildren(rows, 0));
        for (EvaluationRow row : rows) {
            if (row.candidate().parentA() == Candidate.NONE) {
                assertEquals(Inheritance.NONE, inheritance(row));
            } else if (inheritance(row).share() > 0) {
                long parents = rows.get((int) row.candidate().parentA())
                        .evaluation()
                        .effort()
                        .cumulatedEpochs();
                // the epoch that gave the fitness may not be the last
                assertTrue(inheritance(row).epochs() >= 1 && inheritance(row).epochs() <= parents, row.toString());
            }
        }
        assertTrue(rows.stream().anyMatch(row -> inheritance(row).share() > 0.5));
        assertTrue(files().size() <= 8, files().toString());
        String shown = AevoProcess.run(folder, "show", "run").out();
        assertTrue(shown.contains("weights at first: 4 initial, 12 their parent's ("), shown);
        for (EvaluationRow row : rows) {
            Inheritance inheritance = inheritance(row);
            String one = idOf(row);
            boolean child = row.candidate().parentA() != Candidate.NONE;
            assertEquals(
                    child,
                    one.contains(
                            "weights     at first those of " + row.candidate().parentA() + " in "),
                    one);
            assertEquals(child, one.contains("trained for " + inheritance.epochs() + " epoch"), one);
        }
        Files.move(folder.resolve("run"), folder.resolve("first"));
        done(run("--workers", "1"));
        assertEquals(outcomes(rows), outcomes(rows()));
    }

    /** Between two sessions each file is made what a fault could make of it; the children say what they found. */
    @Test
    void whatIsWrongWithAFileIsRecorded() throws Exception {
        input("sync");
        done(run());
        Files.writeString(weights().resolve("7.weights.tmp-1-a"), "of a worker that was killed");
        Map<Long, Origin> faults = new HashMap<>();
        byte[] another = Files.readAllBytes(files().get(0));
        for (Path file : files()) {
            long id = Long.parseLong(file.getFileName().toString().replace(".weights", ""));
            faults.put(id, fault(file, faults.size(), another));
        }
        done(AevoProcess.run(folder, "run", "--resume", "run", "--evaluations", "28"));
        Set<Origin> found = new HashSet<>();
        for (EvaluationRow row : rows().subList(16, 28)) {
            Origin expected = faults.getOrDefault(row.candidate().parentA(), Origin.PARENT);
            assertEquals(expected, inheritance(row).origin(), row.toString());
            found.add(expected);
            if (expected != Origin.PARENT) {
                assertTrue(
                        idOf(row)
                                .contains("weights     initial, since those of "
                                        + row.candidate().parentA()),
                        idOf(row));
            }
        }
        found.remove(Origin.PARENT);
        assertTrue(found.size() > 1, "several faults were met: " + found);
        assertTrue(Files.notExists(weights().resolve("7.weights.tmp-1-a")));
        String shown = AevoProcess.run(folder, "show", "run").out();
        assertTrue(shown.contains("initial since their parent's were "), shown);
    }

    /** Lost, changed, cut off, or whole but of a candidate that it is not of. */
    private Origin fault(Path file, int which, byte[] another) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        switch (which % 4) {
            case 0 -> Files.delete(file);
            case 1 -> {
                bytes[bytes.length / 2] ^= 1;
                Files.write(file, bytes);
            }
            case 2 -> Files.write(file, another);
            default -> Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
        }
        return List.of(Origin.MISSING, Origin.DAMAGED, Origin.STALE, Origin.DAMAGED)
                .get(which % 4);
    }

    @Test
    void killedWorkersAndMastersLoseNobodysWeights() throws Exception {
        input("async");
        try (AevoProcess aevo =
                AevoProcess.start(folder, Map.of(), "run", "input.yaml", "-o", "run", "--evaluations", "200")) {
            for (int kill = 1; kill <= 3; kill++) {
                int so = 6 * kill;
                Waiting.until(() -> evaluated() >= so);
                // in the middle of a file, most likely once in a while: no reader must see that
                aevo.worker().destroyForcibly();
            }
            Waiting.until(() -> evaluated() >= 40);
            aevo.process().destroyForcibly().waitFor();
        }
        done(AevoProcess.run(folder, "run", "--resume", "run", "--evaluations", "80"));
        List<EvaluationRow> rows = rows();
        assertEquals(80, rows.size());
        assertEquals(Set.of(Origin.PARENT), ofChildren(rows, 0));
        try (Stream<Path> all = Files.list(weights())) {
            assertTrue(all.noneMatch(file -> file.toString().contains(".tmp-")));
        }
    }

    private int evaluated() throws IOException {
        Path journal = folder.resolve("run/run.journal");
        return Files.exists(journal) ? RunHistory.read(journal).evaluated() : 0;
    }

    @Test
    void aFullDiskCostsWhatIsInheritedAndNoEvaluation() throws Exception {
        input("async");
        Files.createDirectories(weights());
        List<String> command = new ArrayList<>(AevoProcess.program());
        command.addAll(List.of(
                "run",
                folder.resolve("input.yaml").toString(),
                "-o",
                folder.resolve("run").toString()));
        // room for the mark, and for no network
        Optional<SmallDisk.Outcome> ended = SmallDisk.run(weights(), "4k", command);
        assumeTrue(ended.isPresent(), "no full disk was tried: mount is not permitted");
        assertEquals(ExitCode.DONE, ended.get().code(), ended.get().said());
        List<EvaluationRow> rows = rows();
        assertEquals(16, rows.size());
        assertEquals(Set.of(Origin.MISSING), ofChildren(rows, 0));
        String log = Files.readString(folder.resolve("run/run.log"));
        assertTrue(log.contains("No space left on device; free space on that disk"), log);
    }

    /** A worker that sees another disk there than the master: what it needs goes by messages. */
    @Test
    void aWorkerWithoutTheFolderAsksTheMaster() throws Exception {
        input("async");
        String secret = "0123456789abcdef".repeat(4);
        int port = 24_321;
        Map<String, String> known = Map.of("AEVO_SECRET", secret);
        List<String> elsewhere = new ArrayList<>(List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs tmpfs " + folder.resolve("disk") + " && exec \"$@\"",
                "sh"));
        elsewhere.addAll(AevoProcess.program());
        Path disk = Files.createDirectories(folder.resolve("disk"));
        Process probe = new ProcessBuilder(Stream.concat(elsewhere.stream().limit(7), Stream.of("sh", "true"))
                        .map(word -> word.replace("exec \"$@\"", "true"))
                        .toList())
                .start();
        assumeTrue(probe.waitFor() == 0, "mount is not permitted");
        String[] rank = {
            "run", "input.yaml", "-o", "disk/run", "--ranks", "2", "--master", "127.0.0.1:" + port, "--rank"
        };
        try (AevoProcess master = AevoProcess.start(folder, known, with(rank, "0"));
                AevoProcess worker = AevoProcess.start(elsewhere, folder, known, with(rank, "1"))) {
            done(master.await());
            done(worker.await());
        }
        Files.move(disk.resolve("run"), folder.resolve("run"));
        List<EvaluationRow> rows = rows();
        assertEquals(16, rows.size());
        assertEquals(Set.of(Origin.PARENT), ofChildren(rows, 0));
        assertTrue(Files.exists(weights().resolve("run")));
        assertFalse(files().isEmpty(), "the master wrote them");
    }

    private static String[] with(String[] words, String last) {
        return Stream.concat(Stream.of(words), Stream.of(last)).toArray(String[]::new);
    }

    @Test
    void withoutAPlaceForWeightsNothingStarts() throws Exception {
        input("async");
        Files.createDirectories(folder.resolve("run"));
        Files.writeString(weights(), "somebody's");
        for (String[] more : List.of(new String[0], new String[] {"--dry-run"})) {
            AevoProcess.Result refused = run(more);
            assertEquals(ExitCode.USAGE, refused.code(), refused.err());
            assertEquals(
                    "aevo: run/weights: is no folder, and weights of parents cannot be kept there; move it away, or set"
                            + " evolution.inherit-weights=no\n",
                    refused.err());
        }
        try (Stream<Path> all = Files.list(folder.resolve("run"))) {
            assertEquals(List.of(weights()), all.toList());
        }
        done(run("--set", "evolution.inherit-weights=no", "--evaluations", "6"));
        assertEquals("somebody's", Files.readString(weights()));
        assertEquals(Set.of(Origin.INITIAL), ofChildren(rows(), 0));
    }
}
