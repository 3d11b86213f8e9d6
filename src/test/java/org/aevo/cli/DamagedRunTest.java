package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.aevo.genome.GenomeText;
import org.aevo.record.Entry;
import org.aevo.record.Journal;
import org.aevo.record.JournalReader;
import org.aevo.record.Program;
import org.aevo.record.RunHistory;
import org.aevo.record.RunPaths;
import org.aevo.search.Candidate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the commands do with the files of a run that a crash, a disk or another version left in some other state. */
@Timeout(240)
class DamagedRunTest {
    private static final int EVALUATIONS = 24;
    private static final String INPUT =
            """
            name: simulated
            seed: 3
            mode: sync
            budget: {evaluations: 24}
            evolution: {population: 6, tournament: 2}
            space: {family: mixed, latent: 8}
            evaluator: {kind: simulated, mean-seconds: 0.01, cv: 0.3}
            cluster: {workers: 1, grace: 2}
            """;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private RunPaths run;

    /** One run, of which each test gets a copy. */
    @BeforeAll
    static void complete() throws Exception {
        Files.writeString(shared.resolve("input.yaml"), INPUT);
        AevoProcess.Result result = AevoProcess.run(shared, "run", "input.yaml", "-o", "run");
        assertEquals(ExitCode.DONE, result.code(), result.err());
    }

    @BeforeEach
    void copy() throws IOException {
        run = new RunPaths(folder.resolve("run"));
        try (Stream<Path> files = Files.walk(shared.resolve("run"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(shared.relativize(file)));
            }
        }
    }

    @Test
    void aFlippedBitBeforeTheLastRecordIsRefusedByAllAndWhatIsGoodGoesOn() throws Exception {
        List<Long> offsets = offsets();
        long bad = offsets.get(offsets.size() - 2);
        List<String> decisions = decisions();
        flip(bad + 11);
        byte[] damaged = Files.readAllBytes(run.journal());
        byte[] view = Files.readAllBytes(run.hdf5());

        for (List<String> command : List.of(
                List.of("run", "--resume", name(), "--evaluations", "30"),
                List.of("show", name()),
                List.of("verify", name()),
                List.of("recover", name()))) {
            Said said = say(command.toArray(String[]::new));
            assertEquals(ExitCode.FAILED, said.code(), said.all());
            assertTrue(said.all().contains("damaged at offset " + bad), said.all());
            assertTrue(said.all().contains("--until damage"), said.all());
            assertEquals(1, said.all().lines().count(), said.all());
        }
        assertArrayEquals(damaged, Files.readAllBytes(run.journal()));

        Said exported = say("recover", name(), "--until", "damage");
        assertEquals(ExitCode.DONE, exported.code(), exported.all());
        assertTrue(exported.out().contains("24 evaluations, incomplete: the " + (damaged.length - bad) + " bytes"));
        assertArrayEquals(view, Files.readAllBytes(run.hdf5()), "a good run.h5 is not replaced by less");
        assertEquals(24L, rows(run.hdf5Until(bad)));
        Path other = folder.resolve("early.h5");
        long early = offsets.get(60);
        assertEquals(
                ExitCode.DONE,
                say("recover", name(), "--until", "" + (early + 3), "-o", other.toString())
                        .code());
        long some = rows(other);
        assertTrue(some > 0 && some < 24, some + " evaluations before offset " + early);

        Said cut = say("recover", name(), "--until", "" + early, "--cut");
        assertEquals(ExitCode.DONE, cut.code(), cut.all());
        assertTrue(cut.out().contains("holds " + some + " evaluations now"), cut.out());
        assertArrayEquals(damaged, Files.readAllBytes(run.damagedJournal(1)));
        assertEquals(some, rows(run.hdf5()));
        resume();
        assertEquals(decisions, decisions());
        assertEquals(ExitCode.DONE, say("verify", name()).code());
    }

    @Test
    void aFlippedBitInTheLastRecordCostsThatRecordAndIsSaid() throws Exception {
        List<Long> offsets = offsets();
        long last = offsets.get(offsets.size() - 1);
        List<String> decisions = decisions();
        long size = Files.size(run.journal());
        flip(size - 1);
        assertEquals(ExitCode.DONE, say("show", name()).code());
        Said verified = say("verify", name());
        assertEquals(ExitCode.DONE, verified.code());
        assertTrue(verified.out().contains((size - last) + " bytes of an unfinished record"), verified.out());
        Said rebuilt = say("recover", name());
        assertTrue(rebuilt.all().contains((size - last) + " bytes of an unfinished record"), rebuilt.all());
        Said nothing = say("recover", name(), "--until", "damage");
        assertEquals(ExitCode.FAILED, nothing.code());
        assertTrue(nothing.err().contains("is good"), nothing.err());

        String said = resume();
        assertTrue(said.contains((size - last) + " bytes of an unfinished record at its end were cut off"), said);
        assertTrue(RunHistory.read(run.journal()).complete());
        assertEquals(decisions, decisions());
    }

    @Test
    void whatANewerProgramWroteIsNotTakenForDamage() throws Exception {
        byte[] bytes = Files.readAllBytes(run.journal());
        byte[] newer = bytes.clone();
        ByteBuffer.wrap(newer).putInt(8, 2);
        Files.write(run.journal(), newer);
        for (List<String> command : List.of(
                List.of("run", "--resume", name()),
                List.of("show", name()),
                List.of("verify", name()),
                List.of("recover", name()),
                List.of("recover", name(), "--until", "damage"),
                List.of("recover", name(), "--until", "5000", "--cut"))) {
            Said said = say(command.toArray(String[]::new));
            assertEquals(ExitCode.FAILED, said.code(), said.all());
            assertTrue(
                    said.all().contains("journal format 2, but this aevo reads format 1; use the aevo that wrote it"),
                    said.all());
        }
        assertArrayEquals(newer, Files.readAllBytes(run.journal()));
    }

    @Test
    void anotherProgramThatDecidesAlikeIsAcceptedAndRecorded() throws Exception {
        Program old = new Program("aevo 0.0.9", "0123abc", "17.0.1");
        rewrite(entry -> entry instanceof Entry.RunStarted s ? by(old, s) : entry);
        String said = resume("--evaluations", "30");
        assertTrue(
                said.contains("recorded by aevo 0.0.9 (commit 0123abc, Java 17.0.1), goes on with " + Build.program()),
                said);
        RunHistory history = RunHistory.read(run.journal());
        assertEquals(30, history.evaluated());
        assertEquals(
                List.of(old, Build.program()),
                history.sessions().stream().map(s -> s.program()).toList());
        try (HdfFile file = new HdfFile(run.hdf5())) {
            assertArrayEquals(new String[] {"aevo 0.0.9", Build.program().name()}, (String[])
                    file.getDatasetByPath("/sessions/created_by").getData());
            assertArrayEquals(new String[] {"17.0.1", System.getProperty("java.version")}, (String[])
                    file.getDatasetByPath("/sessions/java_version").getData());
        }
        assertTrue(OtherProgram.accepted(history).isEmpty(), "the last session was this program's");
    }

    @Test
    void anotherProgramThatDecidesOtherwiseIsRefusedWithTheDecision() throws Exception {
        Program old = new Program("aevo 0.0.9", "0123abc", "17.0.1");
        String genome = "- | latent(8) | upsampling | adam(lr0.00123,batch32)";
        rewrite(entry -> entry instanceof Entry.RunStarted s
                ? by(old, s)
                : entry instanceof Entry.Asked a && a.candidate().id() == 7
                        ? new Entry.Asked(new Candidate(7, 1, -1, -1, "random", GenomeText.parse(genome)), a.time())
                        : entry);
        byte[] before = Files.readAllBytes(run.journal());
        for (Said said : List.of(say("run", "--resume", name(), "--evaluations", "30"), say("verify", name()))) {
            assertEquals(ExitCode.FAILED, said.code(), said.all());
            assertTrue(said.all().contains("candidate 7 is recorded as 7 [" + genome), said.all());
            assertTrue(said.all().contains("; " + old + " recorded it, this is " + Build.program()), said.all());
            assertEquals(1, said.all().lines().count(), said.all());
        }
        assertArrayEquals(before, Files.readAllBytes(run.journal()));
    }

    @Test
    void theViewIsMadeAgainAndNothingDependsOnIt() throws Exception {
        String shown = say("show", name()).out();
        byte[] whole = Files.readAllBytes(run.hdf5());
        Random random = new Random(5);
        int budget = EVALUATIONS;
        for (int length : new int[] {-1, 0, random.nextInt(whole.length), whole.length}) {
            if (length < 0) {
                Files.delete(run.hdf5());
            } else {
                byte[] bad = Arrays.copyOf(whole, length);
                for (int i = 0; i < Math.min(50, length); i++) {
                    bad[random.nextInt(length)] ^= (byte) (1 + random.nextInt(255));
                }
                Files.write(run.hdf5(), bad);
            }
            Path half = run.directory().resolve("run.h5.tmp-4711");
            Path bestHalf = run.best().resolve("weights-3.h5.tmp-4711");
            Files.write(half, Arrays.copyOf(whole, 100));
            Files.write(bestHalf, new byte[1]);
            assertEquals(shown, say("show", name()).out());
            assertEquals(ExitCode.DONE, say("verify", name()).code());
            if (length == 0) {
                resume("--evaluations", "" + ++budget);
                shown = say("show", name()).out();
            } else {
                assertEquals(ExitCode.DONE, say("recover", name()).code());
            }
            assertEquals(budget, rows(run.hdf5()));
            assertFalse(Files.exists(half) || Files.exists(bestHalf), "what a crash left is cleaned up");
        }
    }

    @Test
    void aViewThatIsLostDuringTheRunComesBackWithTheNextSnapshot() throws Exception {
        Path input = Files.writeString(
                folder.resolve("input.yaml"), INPUT.replace("24", "100000") + "record: {snapshot-seconds: 0.2}\n");
        RunPaths going = new RunPaths(folder.resolve("going"));
        try (AevoProcess aevo = AevoProcess.start(folder, Map.of(), "run", input.toString(), "-o", "going")) {
            await(() -> Files.exists(going.hdf5()));
            for (byte[] instead : List.of(new byte[0], new byte[] {1, 2, 3})) {
                Files.delete(going.hdf5());
                Files.write(going.hdf5(), instead);
                await(() -> Files.size(going.hdf5()) > 10_000 && rows(going.hdf5()) > 0);
            }
            Files.delete(going.hdf5());
            await(() -> Files.exists(going.hdf5()));
            assertTrue(rows(going.hdf5()) > 0);
            assertTrue(aevo.process().isAlive());
        }
    }

    @Test
    void optionsOfRecoverThatMakeNoSenseAreRefused() throws Exception {
        Path there = Files.writeString(folder.resolve("there.h5"), "mine");
        for (List<String> options : List.of(
                List.of("--cut"),
                List.of("--until", "damage", "--cut", "-o", "x.h5"),
                List.of("--until", "here"),
                List.of("--until", "0"),
                List.of("--until", "-3"),
                List.of("--until", ""),
                List.of("-o", there.toString()),
                List.of("--until", "damage", "-o", ""))) {
            List<String> command = new ArrayList<>(List.of("recover", name()));
            command.addAll(options);
            Said said = say(command.toArray(String[]::new));
            assertEquals(ExitCode.USAGE, said.code(), command + said.all());
            assertEquals(1, said.all().lines().count(), said.all());
        }
        assertEquals("mine", Files.readString(there));
    }

    private String name() {
        return run.directory().toString();
    }

    /** Resumes to the end, in processes of their own, and gives what was said. */
    private String resume(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("run", "--resume", "run"));
        command.addAll(List.of(options));
        AevoProcess.Result result = AevoProcess.run(folder, command.toArray(String[]::new));
        assertEquals(ExitCode.DONE, result.code(), result.err());
        return result.err();
    }

    private static Said say(String... command) {
        return Said.by(command);
    }

    private List<Long> offsets() throws IOException {
        List<Long> offsets = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(run.journal())) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                offsets.add(next.get().offset());
            }
        }
        return offsets;
    }

    private void flip(long offset) throws IOException {
        byte[] bytes = Files.readAllBytes(run.journal());
        bytes[(int) offset] ^= 4;
        Files.write(run.journal(), bytes);
    }

    /** Cut between two records it looks whole; that it once had more is known from run.h5. */
    @Test
    void aJournalThatLostItsLastRecordsIsNotResumed() throws Exception {
        List<Long> offsets = offsets();
        byte[] whole = Files.readAllBytes(run.journal());
        byte[] cut = Arrays.copyOf(whole, (int) (long) offsets.get(offsets.size() - 20));
        Files.write(run.journal(), cut);
        Said said = say("run", "--resume", name(), "--evaluations", "30");
        assertEquals(ExitCode.FAILED, said.code(), said.all());
        assertTrue(said.all().contains("has lost records: run.h5 shows 24 evaluations"), said.all());
        assertTrue(said.all().contains("has " + cut.length + " now; restore it from a copy"), said.all());
        assertArrayEquals(cut, Files.readAllBytes(run.journal()));
        assertTrue(say("show", name()).err().contains("has lost records"));
        Files.write(run.journal(), whole);
        assertFalse(say("show", name()).all().contains("lost records"));

        Files.write(run.journal(), cut);
        said = say("recover", name());
        assertEquals(ExitCode.DONE, said.code(), said.all());
        assertTrue(said.err().contains("that run.h5 is kept as run.h5.damaged-1"), said.all());
        assertTrue(Files.exists(run.damagedHdf5(1)));
        resume("--evaluations", "30");
    }

    private void rewrite(UnaryOperator<Entry> change) throws IOException {
        List<Entry> entries = new ArrayList<>();
        Journal.open(run.journal(), entry -> entries.add(change.apply(entry))).close();
        Files.delete(run.journal());
        // it would prove that the journal was another
        Files.delete(run.hdf5());
        try (Journal journal = Journal.create(run.journal())) {
            journal.append(entries.toArray(Entry[]::new));
        }
    }

    private static Entry by(Program program, Entry.RunStarted s) {
        assertNotEquals(program, s.program());
        return new Entry.RunStarted(
                s.name(),
                s.mode(),
                s.strategy(),
                s.seed(),
                s.startUtc(),
                program.name(),
                s.inputYaml(),
                s.commandLine(),
                program.commit(),
                program.java(),
                s.libraries(),
                s.slurm(),
                s.simulated(),
                s.workers());
    }

    private static long rows(Path hdf5) {
        try (HdfFile file = new HdfFile(hdf5)) {
            return (Long) file.getByPath("/evaluations").getAttribute("rows").getData();
        }
    }

    /** Every candidate, with what became of it. */
    private List<String> decisions() throws IOException {
        RunHistory history = RunHistory.read(run.journal());
        List<String> rows = new ArrayList<>();
        for (long id = 0; id < history.asked(); id++) {
            rows.add(history.candidate(id) + " "
                    + history.evaluation(id).map(r -> r.evaluation().fitness() + " " + r.insertion()));
        }
        assertEquals(EVALUATIONS, history.evaluated());
        return rows;
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < deadline, "waited a minute in vain");
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
