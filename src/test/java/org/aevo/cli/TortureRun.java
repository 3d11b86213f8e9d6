package org.aevo.cli;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.aevo.record.JournalReader;
import org.aevo.record.RunDirectory;
import org.aevo.record.RunHistory;
import org.aevo.record.RunPaths;

/**
 * One run that is ill-treated as a {@link TorturePlan} says until so many processes were killed, and then left in peace
 * until its budget is spent. Harms no process but its own: the masters that it started, and their children.
 *
 * <p>Whatever is wrong on the way is an {@link AssertionError}.
 */
final class TortureRun implements AutoCloseable {
    /** In the environment of every process of the run, which inherit it from the masters: finds the orphans. */
    private static final String MARK = "AEVO_TORTURE";

    private static final int KILLED = 128 + 9;
    private static final int TERMINATED = 128 + 15;
    private static final long PATIENCE_SECONDS = 60;
    private static final long POLL_MICROS = 10_000;
    private static final long SPIN_MICROS = 100;
    private static final Pattern READY = Pattern.compile("is ready: .*, process ([0-9]+)");
    /** The population. */
    private static final String SMALLEST_BUDGET = "12";

    private static final String NO_LIMIT = "1000000000";

    private static final String INPUT =
            """
            name: torture
            seed: %d
            mode: %s
            budget: {evaluations: 1000000000}
            evolution: {population: 12, offspring: 12, min-population: 8}
            task: {objectives: [validation-loss, parameters]}
            space: {family: mixed, latent: 8}
            evaluator: {kind: simulated, mean-seconds: 0.15, cv: 0.5}
            cluster: {workers: %d, team: %d, grace: 2, heartbeat-timeout: 5, max-attempts: 1000, prefetch: %d}
            record: {snapshot-seconds: 0.5}
            """;

    private final Path folder;
    private final RunPaths paths;
    private final List<String> program;
    private final Consumer<String> log;
    private final String mark = UUID.randomUUID().toString();
    private final List<Frozen> frozen = new ArrayList<>();
    private final Tally tally = new Tally();

    /** The journal's good bytes when the last master died, and their checksum: what must still be there. */
    private long goodBytes;

    private long goodChecksum;
    private Optional<AevoProcess> master = Optional.empty();
    /** Length of run.log when the master was started. */
    private long logBefore;

    private record Frozen(ProcessHandle worker, long thawNanos) {}

    /** What was done so far. */
    static final class Tally {
        int workersKilled;
        int mastersKilled;
        int frozen;
        int givenUp;
        int stopped;
        int resumed;

        int kills() {
            return workersKilled + mastersKilled;
        }

        @Override
        public String toString() {
            return "killed %d workers and %d masters, froze %d workers (%d until given up), stopped %d, resumed %d"
                    .formatted(workersKilled, mastersKilled, frozen, givenUp, stopped, resumed);
        }
    }

    /**
     * @param folder where the run directory and its input are made
     * @param mode {@code sync} or {@code async}
     * @param team workers at each candidate
     * @param program that runs aevo
     */
    TortureRun(Path folder, String mode, int team, long seed, List<String> program, Consumer<String> log)
            throws IOException {
        this.folder = folder;
        this.program = List.copyOf(program);
        this.log = log;
        this.paths = new RunPaths(folder.resolve(mode));
        Files.writeString(input(), INPUT.formatted(seed, mode, team == 1 ? 3 : 2 * team + 1, team, seed % 2));
    }

    private Path input() {
        return folder.resolve(paths.directory().getFileName() + ".yaml");
    }

    RunPaths paths() {
        return paths;
    }

    Tally tally() {
        return tally;
    }

    /** Leads one life after the other until so many processes were killed. */
    void suffer(TorturePlan plan, int kills) throws Exception {
        while (tally.kills() < kills) {
            TorturePlan.Life life = plan.next();
            log.accept("%3d %s".formatted(tally.kills(), life));
            start(NO_LIMIT);
            live(life, kills);
            for (int i = 0; i < frozen.size(); i++) {
                // with their master dead nobody else would end them
                frozen.set(i, new Frozen(frozen.get(i).worker(), System.nanoTime()));
            }
            inspect();
        }
    }

    /**
     * Kills a master in the moment in which its run begins, and lets another one finish. Before anything else: it takes
     * the place of the run.
     *
     * @param afterMicros from the appearance of the journal on
     */
    void dieAtBirth(long afterMicros) throws Exception {
        start(SMALLEST_BUDGET);
        spin("the journal is begun", () -> Files.exists(paths.journal()));
        pause(afterMicros);
        process().destroyForcibly().waitFor();
        expectCode(KILLED);
        tally.mastersKilled++;
        start(SMALLEST_BUDGET);
        awaitEnd();
        expectCode(ExitCode.DONE);
        poll("every process of the run ends", POLL_MICROS, () -> ownProcesses().isEmpty());
        try (Stream<Path> files = Files.walk(paths.directory())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Resumes the run for some more evaluations than were asked, waits for its end and for that of every process. */
    void finish(int more) throws Exception {
        long budget = RunHistory.read(paths.journal()).asked() + more;
        start(Long.toString(budget));
        awaitEnd();
        expectCode(ExitCode.DONE);
        inspect();
        poll("every process of the run ends", POLL_MICROS, () -> ownProcesses().isEmpty());
    }

    /** The same search in peace: another run directory, evaluations that take no time. */
    Path undisturbed() throws Exception {
        Path directory = folder.resolve(paths.directory().getFileName() + "-undisturbed");
        String budget = Integer.toString(RunHistory.read(paths.journal()).asked());
        begin(
                "run",
                input().toString(),
                "-o",
                directory.toString(),
                "--evaluations",
                budget,
                "--set",
                "evaluator.mean-seconds=0.001");
        awaitEnd();
        expectCode(ExitCode.DONE);
        return new RunPaths(directory).journal();
    }

    /** Runs another command on the run directory and gives what it printed. */
    String command(String name) throws Exception {
        begin(name, paths.directory().toString());
        return expectCode(ExitCode.DONE).out();
    }

    private void start(String budget) throws Exception {
        logBefore = Files.exists(paths.log()) ? Files.size(paths.log()) : 0;
        if (RunDirectory.holdsRun(paths.directory())) {
            tally.resumed++;
            begin("run", "--resume", paths.directory().toString(), "--evaluations", budget);
        } else {
            begin("run", input().toString(), "-o", paths.directory().toString(), "--evaluations", budget);
        }
    }

    private void begin(String... arguments) throws IOException {
        master = Optional.of(AevoProcess.start(program, folder, Map.of(MARK, mark), arguments));
    }

    private void live(TorturePlan.Life life, int kills) throws Exception {
        if (!life.ending().young()) {
            await("the master has a result", this::hasWorked);
            for (TorturePlan.Harm harm : life.harms()) {
                if (tally.kills() < kills) {
                    suffer(harm);
                }
            }
            await("a worker is there", () -> !workers().isEmpty());
        }
        switch (life.ending()) {
            case KILLED_STARTING_WORKERS ->
                await("a worker is started", () -> !workers().isEmpty());
            case KILLED_IN_SNAPSHOT -> spin("a snapshot is written", this::writesSnapshot);
            case KILLED_AFTER_RESULT -> {
                long size = Files.size(paths.journal());
                spin("the journal grows", () -> sizeOf(paths.journal()) > size);
            }
            case STOPPED, KILLED_STOPPING -> process().destroy();
            case KILLED, KILLED_YOUNG -> {
                // at once
            }
        }
        pause(life.delayMicros());
        boolean stopping = life.ending() == TorturePlan.Ending.STOPPED;
        if (stopping) {
            awaitEnd();
            tally.stopped++;
            expectCode(TERMINATED);
        } else {
            int code = process().destroyForcibly().waitFor();
            // it may have come to its end by itself, up to the very last moment
            boolean stopped = life.ending() == TorturePlan.Ending.KILLED_STOPPING && code == TERMINATED;
            if (stopped) {
                tally.stopped++;
            } else {
                tally.mastersKilled++;
            }
            expectCode(stopped ? TERMINATED : KILLED);
        }
    }

    private void suffer(TorturePlan.Harm harm) throws Exception {
        pause(TimeUnit.MILLISECONDS.toMicros(harm.afterMillis()));
        // the master cannot give one up that it does not know yet
        boolean known = harm instanceof TorturePlan.Freeze;
        Supplier<List<ProcessHandle>> there = () -> known ? readyWorkers() : workers();
        await("a worker is there", () -> !there.get().isEmpty());
        List<ProcessHandle> workers = there.get();
        if (workers.isEmpty()) {
            return; // it has just died
        }
        ProcessHandle victim = workers.get(harm.pick() % workers.size());
        if (harm instanceof TorturePlan.Kill) {
            if (victim.destroyForcibly()) {
                tally.workersKilled++;
            }
        } else if (harm instanceof TorturePlan.Thaw thaw) {
            freeze(victim, thaw.frozenMillis());
        } else {
            freeze(victim, TimeUnit.DAYS.toMillis(1));
            await("the frozen worker is given up", () -> !victim.isAlive());
            tally.givenUp++;
        }
    }

    private void freeze(ProcessHandle worker, long millis) throws Exception {
        signal("STOP", worker);
        tally.frozen++;
        frozen.add(new Frozen(worker, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis)));
    }

    /** The journal still begins with what was good when the last master died; run.h5, if there is one, is whole. */
    private void inspect() throws Exception {
        if (!Files.exists(paths.journal())) {
            require(goodBytes == 0, () -> "the journal is gone");
            return;
        }
        require(
                checksum(goodBytes) == goodChecksum,
                () -> "the first " + goodBytes + " bytes of the journal, good at the death before, are others");
        try (JournalReader reader = JournalReader.open(paths.journal())) {
            while (reader.next().isPresent()) {
                // to the end
            }
            goodBytes = reader.end();
        }
        goodChecksum = checksum(goodBytes);
        if (Files.exists(paths.hdf5())) {
            try (HdfFile hdf5 = new HdfFile(paths.hdf5())) {
                long rows = (Long)
                        hdf5.getByPath("/evaluations").getAttribute("rows").getData();
                int evaluated = RunHistory.read(paths.journal()).evaluated();
                require(rows <= evaluated, () -> "run.h5 has " + rows + " evaluations, the journal " + evaluated);
            }
        }
    }

    private long checksum(long bytes) throws IOException {
        CRC32C crc = new CRC32C();
        try (FileChannel channel = FileChannel.open(paths.journal())) {
            long size = channel.size();
            require(size >= bytes, () -> "the journal has " + size + " bytes, it had " + bytes + " good ones");
            crc.update(channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes));
        }
        return crc.getValue();
    }

    private Process process() {
        return master.orElseThrow().process();
    }

    private boolean alive() {
        return process().isAlive();
    }

    /** The children of the master, the oldest first. */
    private List<ProcessHandle> workers() {
        return process()
                .children()
                .filter(ProcessHandle::isAlive)
                .sorted(Comparator.comparingLong(ProcessHandle::pid))
                .toList();
    }

    /** Those of them that have joined. */
    private List<ProcessHandle> readyWorkers() {
        List<Long> ready = READY.matcher(logged())
                .results()
                .map(result -> Long.parseLong(result.group(1)))
                .toList();
        return workers().stream().filter(worker -> ready.contains(worker.pid())).toList();
    }

    /** Whether an evaluation of the present master was told of. */
    private boolean hasWorked() {
        return logged().contains(" evaluation ");
    }

    /** What the present master has written into run.log. */
    private String logged() {
        try (RandomAccessFile file = new RandomAccessFile(paths.log().toFile(), "r")) {
            byte[] news = new byte[(int) Math.max(0, file.length() - logBefore)];
            file.seek(logBefore);
            file.readFully(news);
            return new String(news, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // not there yet
        }
    }

    private boolean writesSnapshot() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(paths.directory(), "run.h5.tmp-*")) {
            return files.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Every process with the mark of this run in its environment. */
    private List<ProcessHandle> ownProcesses() {
        byte[] wanted = (MARK + "=" + mark).getBytes(StandardCharsets.US_ASCII);
        List<ProcessHandle> own = new ArrayList<>();
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            all.filter(handle -> environmentHolds(handle, wanted)).forEach(own::add);
        }
        return own;
    }

    private static boolean environmentHolds(ProcessHandle handle, byte[] wanted) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", Long.toString(handle.pid()), "environ"));
            return new String(environment, StandardCharsets.ISO_8859_1)
                    .contains(new String(wanted, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false; // another user's, or gone
        }
    }

    private void thawDue() throws Exception {
        for (Frozen one : List.copyOf(frozen)) {
            if (System.nanoTime() - one.thawNanos() >= 0 || !one.worker().isAlive()) {
                frozen.remove(one);
                signal("CONT", one.worker());
            }
        }
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        if (process.isAlive()) {
            // fails if it has just gone by itself
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }

    private AevoProcess.Result expectCode(int expected) throws Exception {
        try (AevoProcess ended = master.orElseThrow()) {
            AevoProcess.Result result = ended.await();
            require(result.code() == expected, () -> "ended with code " + result.code() + " instead of " + expected);
            return result;
        }
    }

    private void require(boolean holds, Supplier<String> otherwise) throws IOException {
        if (!holds) {
            throw new AssertionError(paths.directory() + ": " + otherwise.get()
                    + master.map(TortureRun::lastWords).orElse(""));
        }
    }

    private static String lastWords(AevoProcess process) {
        try {
            return "; the master said: " + process.errorOutput();
        } catch (IOException e) {
            return ""; // closed already
        }
    }

    private void pause(long micros) throws Exception {
        long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
        long left;
        while ((left = end - System.nanoTime()) > 0) {
            LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(10)));
            thawDue();
        }
    }

    /** Waits for something that the master does while it lives. */
    private void await(String what, BooleanSupplier condition) throws Exception {
        poll(what, POLL_MICROS, () -> condition.getAsBoolean() || !alive());
        require(alive(), () -> "the master ended by itself before " + what);
    }

    private void awaitEnd() throws Exception {
        poll("the master ends", POLL_MICROS, () -> !alive());
    }

    /** For moments that are soon over. */
    private void spin(String what, BooleanSupplier condition) throws Exception {
        poll(what, SPIN_MICROS, () -> condition.getAsBoolean() || !alive());
    }

    private void poll(String what, long everyMicros, BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            require(System.nanoTime() < deadline, () -> "waited " + PATIENCE_SECONDS + " s in vain until " + what);
            pause(everyMicros);
        }
    }

    /** Ends what is left of a run that failed. */
    @Override
    public void close() {
        ownProcesses().forEach(ProcessHandle::destroyForcibly);
    }
}
