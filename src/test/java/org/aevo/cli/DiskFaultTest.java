package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aevo.record.RunHistory;
import org.aevo.search.EvaluationStatus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Whole runs on disks that are full, limited or read-only, for real: small ones that only the test's processes see. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class DiskFaultTest {
    private static final int EVALUATIONS = 300;
    private static final String INPUT =
            """
            name: simulated
            seed: 5
            mode: sync
            budget: {evaluations: 300}
            evolution: {population: 20}
            space: {family: mixed, latent: 8}
            evaluator: {kind: simulated, mean-seconds: 0.001, cv: 0.3}
            cluster: {workers: 1, grace: 2}
            record: {snapshot-seconds: 0.3}
            """;

    /** For scripts: starts aevo, whose command line follows, and keeps what each step said and its exit code. */
    private static final String PROLOGUE =
            """
            aevo=("$@")
            mkdir -p disk out
            step() {
              local name=$1; shift
              "${aevo[@]}" "$@" >"out/$name" 2>&1
              echo $? >"out/$name.code"
            }
            grown() { # until the file has so many bytes
              for _ in $(seq 1200); do
                [ "$(stat -c %s "$1" 2>/dev/null || echo 0)" -ge "$2" ] && return
                sleep 0.05
              done
              echo "$1 does not grow"; exit 1
            }
            not_writable() {
              step resume run --resume disk/run --evaluations 700
              step recover recover disk/run
              step create run input.yaml -o disk/other
            }
            """;

    /** A disk of a megabyte, and how to leave so many pages of 4 KiB on it. */
    private static final String FULL =
            """
            mount -t tmpfs -o size=1m tmpfs disk || exit 99
            full() {
              rm -f disk/ballast
              head -c 9000000 /dev/zero >disk/ballast 2>/dev/null
              truncate -s -$((4096 * $1)) disk/ballast
            }
            """;

    /** Exit code of a script where something is not permitted that it needs. */
    private static final int NOT_HERE = 99;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    /** The same run on a good disk. */
    @BeforeAll
    static void whole() throws Exception {
        Files.writeString(shared.resolve("input.yaml"), INPUT);
        AevoProcess.Result result = AevoProcess.run(shared, "run", "input.yaml", "-o", "run");
        assertEquals(ExitCode.DONE, result.code(), result.err());
    }

    @Test
    void aFullDisk() throws Exception {
        script(
                """
                mount -t tmpfs -o size=4m tmpfs disk || exit 99
                head -c 4050000 /dev/zero >disk/ballast
                step fault run input.yaml -o disk/run
                cp disk/run/run.journal out/journal
                head -c 4000000 /dev/zero >>disk/ballast 2>out/brim
                step again run --resume disk/run
                cp disk/run/run.journal out/journal-again
                rm disk/ballast
                step resumed run --resume disk/run
                step verify verify disk/run
                cp -r disk/run out/run
                mount -o remount,ro disk || exit 99
                not_writable
                step show show disk/run
                step elsewhere recover disk/run -o out/elsewhere.h5
                """,
                inNamespace());
        String mend = "free space on that disk, then continue with --resume";
        assertStopped("No space left", mend);
        assertEquals(ExitCode.RESUMABLE, code("again"), said("again"));
        assertTrue(said("again").contains(mend), said("again"));
        assertArrayEquals(Files.readAllBytes(out("journal")), Files.readAllBytes(out("journal-again")));
        assertGoesOn();
        assertNothingWrittenWhereNothingCanBe("Read-only file system");
        assertEquals(ExitCode.DONE, code("show"), said("show"));
        assertEquals(ExitCode.DONE, code("elsewhere"), said("elsewhere"));
        assertEquals(EVALUATIONS, rows(out("elsewhere.h5")));
    }

    /** A run begins as a whole, and can be resumed, or leaves nothing. */
    @Test
    void aDiskThatIsFullWhenARunBegins() throws Exception {
        script(
                FULL
                        + """
                mkdir -p disk/mine
                touch disk/mine/notes
                for pages in 0 1 3; do
                  full $pages
                  step new-$pages run input.yaml -o disk/a/run --evaluations 20
                  find disk -mindepth 1 ! -name ballast >out/left-$pages
                  if [ -e disk/a ]; then
                    rm disk/ballast
                    step resumed-$pages run --resume disk/a/run
                    rm -r disk/a
                  fi
                done
                full 1
                step mine run input.yaml -o disk/mine
                ls -A disk/mine >out/left-mine
                """,
                inNamespace());
        List<Integer> codes = new ArrayList<>();
        for (int pages : List.of(0, 1, 3)) {
            int code = code("new-" + pages);
            String said = said("new-" + pages);
            codes.add(code);
            assertTrue(said.contains("No space left on device; free space on that disk, then "), said);
            assertTrue(said.contains("aevo: disk/a/run/"), said);
            if (code == ExitCode.RESUMABLE) {
                assertTrue(said.contains("'aevo run --resume disk/a/run' goes on"), said);
                assertEquals(ExitCode.DONE, code("resumed-" + pages), said("resumed-" + pages));
            } else {
                assertEquals(ExitCode.FAILED, code, said);
                assertTrue(said.endsWith(", then start the run again\n"), said);
                assertEquals(1, said.lines().count(), said);
                assertEquals("disk/mine\ndisk/mine/notes\n", said("left-" + pages));
            }
        }
        assertEquals(List.of(ExitCode.FAILED, ExitCode.FAILED, ExitCode.RESUMABLE), codes);
        assertEquals(ExitCode.FAILED, code("mine"), said("mine"));
        assertEquals("notes\n", said("left-mine"));
    }

    /** What took minutes is told, though it cannot be kept. */
    @Test
    void aDiskThatIsFullWhenAModelIsWritten() throws Exception {
        HandMadeRun.trained(
                        """
                        name: roll
                        budget: {evaluations: 20}
                        task: {kind: embed}
                        space: {family: dense, latent: 2}
                        data: {kind: swiss-roll, samples: 120, train: 80, validation: 20, test: 20}
                        """)
                .asked(0, 0, 2)
                .arrived(0, 1, 0, 3, 1, 0.05, EvaluationStatus.OK, "")
                .write(folder.resolve("made"));
        script(
                FULL
                        + """
                cp -r made disk/run
                for pages in 2 5; do
                  full $pages
                  "${aevo[@]}" train disk/run --epochs 1 >out/table-$pages 2>out/train-$pages
                  echo $? >out/train-$pages.code
                  ls -A disk/run disk/run/best >out/left-$pages
                done
                """,
                inNamespace());
        for (int pages : List.of(2, 5)) {
            String said = said("train-" + pages).lines().reduce("", (a, b) -> b);
            assertEquals(ExitCode.FAILED, code("train-" + pages), said);
            assertTrue(said.matches("aevo: disk/run/best/[a-z]+[.][a-z0-9]+: cannot be written: .*"), said);
            assertTrue(said.endsWith("No space left on device; free space on that disk, then train again"), said);
            assertTrue(said("table-" + pages).contains("\ntextbook, dense"), said("table-" + pages));
            assertEquals("disk/run:\nbest\nrun.journal\nrun.lock\n\ndisk/run/best:\n", said("left-" + pages));
        }
    }

    /** The report of before is there still. */
    @Test
    void aDiskThatIsFullWhenAReportIsWritten() throws Exception {
        script(
                FULL + "run=" + shared.resolve("run") + "\n"
                        + """
                mount -o remount,size=8m disk
                step first report $run -o disk/out
                find disk | sort >out/before
                full 20
                step again report $run -o disk/out
                step new report $run -o disk/a/new
                rm disk/ballast
                find disk | sort >out/after
                """,
                inNamespace());
        assertEquals(ExitCode.DONE, code("first"), said("first"));
        for (String step : List.of("again", "new")) {
            assertEquals(ExitCode.FAILED, code(step), said(step));
            String last = said(step).lines().reduce("", (a, b) -> b);
            assertTrue(
                    last.matches("aevo: disk/(out|a/new)/[a-z0-9./-]+: cannot be written: No space left on device;"
                            + " free space on that disk, then report again"),
                    last);
        }
        assertEquals(said("before"), said("after"));
    }

    /** As a quota: no file may grow beyond it. */
    @Test
    void aLimitOnTheSizeOfFiles() throws Exception {
        script(
                """
                ( ulimit -f 70; step fault run input.yaml -o disk/run )
                cp disk/run/run.journal out/journal
                step resumed run --resume disk/run
                step verify verify disk/run
                cp -r disk/run out/run
                """,
                List.of());
        assertStopped(
                "File too large", "raise the limit on the size of files (ulimit -f), then continue with --resume");
        assertGoesOn();
    }

    /** A file system turns itself read-only in the middle of a run, as it does when its disk fails. */
    @Test
    void aDiskThatFails() throws Exception {
        script(
                """
                [ "$(id -u)" = 0 ] || exit 99
                truncate -s 16M disk.img && mkfs.ext4 -q -F disk.img && mount -o loop disk.img disk || exit 99
                step fault run input.yaml -o disk/run &
                grown disk/run/run.journal 20000
                cp disk/run/run.journal out/journal
                grown disk/run/run.journal 35000
                mount -o remount,abort disk || exit 99
                wait
                umount disk && mount -o loop disk.img disk || exit 99
                step resumed run --resume disk/run
                step verify verify disk/run
                cp -r disk/run out/run
                umount disk
                """,
                inNamespace());
        String said = said("fault");
        assertEquals(ExitCode.RESUMABLE, code("fault"), said);
        assertTrue(said.contains("run.journal: cannot be written: "), said);
        assertTrue(said.contains("then continue with --resume"), said);
        assertGoesOn();
    }

    /** The journal is open and goes on; nothing else can be written. */
    @Test
    void aDirectoryThatMayNotBeWrittenAnyMore() throws Exception {
        script(
                """
                step fault run input.yaml -o disk/run &
                grown disk/run/run.journal 20000
                chmod a-w disk disk/run disk/run/best disk/run/run.lock
                wait
                not_writable
                chmod u+w disk disk/run disk/run/best disk/run/run.lock
                step rebuilt recover disk/run
                step verify verify disk/run
                cp -r disk/run out/run
                """,
                withoutPrivileges());
        String said = said("fault");
        assertEquals(ExitCode.FAILED, code("fault"), said);
        assertTrue(said.contains("run.h5 is not up to date"), said);
        assertTrue(said.contains("'aevo recover disk/run'"), said);
        assertEquals(ExitCode.DONE, code("rebuilt"), said("rebuilt"));
        assertSameAsWhole();
        assertNothingWrittenWhereNothingCanBe("make it writable");
    }

    /** The run stopped, said why and what to do; what was in the journal then is in {@code out/journal}. */
    private void assertStopped(String reason, String mend) throws IOException {
        String said = said("fault");
        assertEquals(ExitCode.RESUMABLE, code("fault"), said);
        assertTrue(said.contains("run.journal: cannot be written: ") && said.contains(reason), said);
        assertTrue(said.contains(mend), said);
        assertTrue(said.contains("'aevo run --resume disk/run' goes on"), said);
    }

    private void assertGoesOn() throws IOException {
        assertEquals(ExitCode.DONE, code("resumed"), said("resumed"));
        byte[] before = Files.readAllBytes(out("journal"));
        int known = RunHistory.read(out("journal")).evaluated();
        assertTrue(known > 20 && known < EVALUATIONS, known + " evaluations before the fault");
        byte[] after = Files.readAllBytes(out("run/run.journal"));
        assertArrayEquals(before, Arrays.copyOf(after, before.length), "nothing that was in it is gone");
        assertSameAsWhole();
    }

    private void assertSameAsWhole() throws IOException {
        assertEquals(ExitCode.DONE, code("verify"), said("verify"));
        assertEquals(decisions(shared.resolve("run/run.journal")), decisions(out("run/run.journal")));
        assertEquals(EVALUATIONS, rows(out("run/run.h5")));
    }

    private void assertNothingWrittenWhereNothingCanBe(String reason) throws IOException {
        for (String step : List.of("resume", "recover", "create")) {
            assertEquals(step.equals("create") ? ExitCode.USAGE : ExitCode.FAILED, code(step), said(step));
            assertTrue(said(step).contains(reason), said(step));
            assertTrue(said(step).contains("make it writable"), said(step));
            assertEquals(1, said(step).lines().count(), said(step));
        }
    }

    private static List<String> inNamespace() {
        return isRoot() ? List.of("unshare", "--mount") : List.of("unshare", "--user", "--map-root-user", "--mount");
    }

    /** Root may write everywhere, unless it gives that up. */
    private static List<String> withoutPrivileges() {
        String given = "-dac_override,-dac_read_search";
        return isRoot() ? List.of("setpriv", "--bounding-set=" + given, "--inh-caps=" + given) : List.of();
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private void script(String steps, List<String> prefix) throws Exception {
        Files.writeString(folder.resolve("input.yaml"), INPUT);
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of("bash", "-c", PROLOGUE + steps, "script"));
        command.addAll(AevoProcess.program());
        // most of what these processes do is starting
        command.add(command.size() - 1, "-XX:TieredStopAtLevel=1");
        Path log = folder.resolve("log");
        int code = NOT_HERE;
        String problem = "";
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                assertTrue(process.waitFor(240, TimeUnit.SECONDS), () -> "still running: " + log);
                code = process.exitValue();
                problem = Files.readString(log);
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            problem = e.getMessage();
        }
        boolean notHere = code == NOT_HERE || problem.startsWith("unshare:") || problem.startsWith("setpriv:");
        if (notHere) {
            System.err.println("SKIPPED: this fault of a disk was not tried, it is not permitted here: " + problem);
        }
        assumeTrue(!notHere, problem);
        assertEquals(0, code, problem);
    }

    private Path out(String name) {
        return folder.resolve("out").resolve(name);
    }

    private String said(String step) throws IOException {
        return Files.readString(out(step));
    }

    private int code(String step) throws IOException {
        return Integer.parseInt(Files.readString(out(step + ".code")).strip());
    }

    private static long rows(Path hdf5) {
        try (HdfFile file = new HdfFile(hdf5)) {
            return (Long) file.getByPath("/evaluations").getAttribute("rows").getData();
        }
    }

    private static List<String> decisions(Path journal) throws IOException {
        RunHistory history = RunHistory.read(journal);
        assertEquals(EVALUATIONS, history.evaluated());
        List<String> rows = new ArrayList<>();
        for (long id = 0; id < history.asked(); id++) {
            rows.add(history.candidate(id) + " "
                    + history.evaluation(id).map(r -> r.evaluation().fitness() + " " + r.insertion()));
        }
        return rows;
    }
}
