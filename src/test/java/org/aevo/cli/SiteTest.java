package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aevo.record.RunHistory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/aevo} where a site's login shells, modules and batch systems export what they please. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class SiteTest {
    private static final String AEVO = Path.of("bin/aevo").toAbsolutePath().toString();
    private static final Path SELF = Path.of("/proc/self/status");
    private static final Pattern READY = Pattern.compile("is ready: .* process (\\d+)");

    private static final String INPUT =
            """
            budget: {evaluations: 6}
            evolution: {population: 2}
            space: {latent: 1, units: [2, 4], max-genes: 1}
            training: {epochs: 1}
            data: {kind: blobs, samples: 100}
            cluster: {workers: 2}
            """;

    @TempDir
    Path folder;

    /** What a login shell of a site may leave in an environment, all at once. */
    private final Map<String, String> site = new HashMap<>();

    @BeforeEach
    void export() {
        site.put(
                "JAVA_TOOL_OPTIONS",
                "-XX:+UseParallelGC -XX:InitialHeapSize=90m -Dfile.encoding=ISO-8859-1"
                        + " -Djava.io.tmpdir=/nonexistent -Dcom.sun.management.jmxremote.port=0"
                        + " -Dcom.sun.management.jmxremote.authenticate=false -Dcom.sun.management.jmxremote.ssl=false");
        site.put("_JAVA_OPTIONS", "-Xmx150m '-XX:+UseG1GC' -Xlog:gc");
        site.put("JDK_JAVA_OPTIONS", "-XX:+UseSerialGC -Xshare:off");
        site.put("CLASSPATH", "/opt/site/*");
        site.put("LC_ALL", "C");
        site.put("DISPLAY", "localhost:10.0");
        site.put("CDPATH", folder.toString());
        site.put("POSIXLY_CORRECT", "1");
        site.put("BASH_FUNC_module%%", "() {  eval $(modulecmd bash $*)\n}");
        site.put("BASH_FUNC_java%%", "() {  false\n}");
        site.put("OMP_NUM_THREADS", " 1,4 ");
        site.put("OMP_PROC_BIND", "true");
        site.put("OMP_PLACES", "cores");
        site.put("GOMP_CPU_AFFINITY", "0");
        site.put("OPENBLAS_NUM_THREADS", "64");
    }

    private AevoProcess.Result aevo(Map<String, String> environment, String... arguments) throws Exception {
        try (AevoProcess aevo = AevoProcess.start(List.of(AEVO), folder, environment, arguments)) {
            return aevo.await();
        }
    }

    private Path input(String place) throws IOException {
        return Files.writeString(Files.createDirectories(folder.resolve(place)).resolve("in.yaml"), INPUT);
    }

    private static Set<String> masks(Path tasks) throws IOException {
        try (Stream<Path> threads = Files.list(tasks)) {
            return threads.map(thread -> mask(thread.resolve("status"))).collect(Collectors.toSet());
        }
    }

    private static String mask(Path status) {
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            return "gone";
        }
    }

    @Test
    void nothingThatASiteExportsKeepsARunFromItsModel() throws Exception {
        Path run = folder.resolve("dü/läuft");
        input("dü");
        Map<String, Set<String>> masks = new TreeMap<>();
        try (AevoProcess aevo = AevoProcess.start(
                List.of(AEVO),
                folder,
                site,
                "run",
                "dü/in.yaml",
                "-o",
                "dü/läuft",
                "--set",
                "budget.evaluations=100000")) {
            Path log = run.resolve("run.log");
            Path journal = run.resolve("run.journal");
            Waiting.until(() -> Files.exists(journal));
            for (int workers = 1; workers <= 2; workers++) {
                int there = workers;
                Waiting.until(() -> Files.exists(log)
                        && READY.matcher(Files.readString(log)).results().count() >= there);
            }
            Waiting.until(() -> RunHistory.read(journal).best().isPresent());
            Matcher ready = READY.matcher(Files.readString(log));
            while (ready.find()) {
                masks.put(ready.group(1), masks(Path.of("/proc", ready.group(1), "task")));
            }
            aevo.process().destroy();
            AevoProcess.Result result = aevo.await();
            assertTrue(result.err().contains("OMP_PROC_BIND=true, OMP_PLACES=cores"), result.err());
            assertFalse(result.out().contains("[gc"), result.out());
            assertTrue(Files.readString(log).contains("OPENBLAS_NUM_THREADS=64, "), Files.readString(log));
        }
        assertEquals(2, masks.size());
        // each thread may run where this process may: none is bound
        masks.values().forEach(each -> each.remove("gone"));
        assertEquals(Set.of(Set.of(mask(SELF))), Set.copyOf(masks.values()), masks.toString());

        // no fonts either: a picture is not worth a model
        Map<String, String> bare = new HashMap<>(site);
        bare.put("FONTCONFIG_FILE", "/nonexistent");
        bare.put("FONTCONFIG_PATH", "/nonexistent");
        bare.put("_JAVA_OPTIONS", "-Dsun.awt.fontconfig=/dev/null");
        AevoProcess.Result without = aevo(bare, "train", "dü/läuft", "--epochs", "1", "--no-textbooks");
        assertEquals(ExitCode.DONE, without.code(), without.err());
        assertTrue(Files.exists(run.resolve("best/model.h5")) && Files.exists(run.resolve("best/model.zip")));
        String metrics = Files.readString(run.resolve("best/metrics.json"));
        if (!Files.exists(run.resolve("best/reconstructions.png"))) { // a Java with fonts of its own
            assertTrue(without.err().contains("there is no reconstructions.png: Java cannot draw"), without.err());
            assertTrue(metrics.contains("There is no reconstructions.png: Java cannot draw"), metrics);
        }

        AevoProcess.Result trained = aevo(site, "train", "dü/läuft", "--epochs", "1", "--no-textbooks");
        assertEquals(ExitCode.DONE, trained.code(), trained.err());
        assertTrue(Files.size(run.resolve("best/reconstructions.png")) > 1000, trained.err());
        AevoProcess.Result report = aevo(site, "report", "dü/läuft", "-o", "dü/r");
        assertEquals(ExitCode.DONE, report.code(), report.err());
        assertEquals("dü/r/report.html\n", report.out());
        assertTrue(Files.exists(folder.resolve("dü/r/figures")));
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(
                    List.of("dü"),
                    all.map(path -> path.getFileName().toString()).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "AEVO_JAVA_OPTIONS"})
    void aCollectorOfTheSite(String variable) throws Exception {
        Map<String, String> environment =
                Map.of(variable, "-XX:+UseParallelGC -XX:ParallelGCThreads=1 -XX:+UseParallelGC");
        AevoProcess.Result result = aevo(environment, "--version");
        assertEquals(ExitCode.DONE, result.code(), result.err());
        assertTrue(result.out().startsWith("aevo "), result.out());
    }

    @Test
    void optionsWithWhichNoJavaStartsAreLeftOut() throws Exception {
        Map<String, String> environment =
                Map.of("JAVA_TOOL_OPTIONS", "-Da=1", "JDK_JAVA_OPTIONS", "-javaagent:/nonexistent.jar");
        AevoProcess.Result result = aevo(environment, "--version");
        assertEquals(ExitCode.DONE, result.code(), result.err());
        assertTrue(
                result.err()
                        .contains("aevo: JDK_JAVA_OPTIONS is left out, for Java does not start with it here:"
                                + " -javaagent:/nonexistent.jar\n"),
                result.err());
        assertTrue(result.err().contains("Picked up JAVA_TOOL_OPTIONS: -Da=1"), result.err());
    }

    @Test
    void aJavaThatWillNotDoIsNamed() throws Exception {
        AevoProcess.Result nowhere = aevo(Map.of("JAVA_HOME", folder + "/none"), "--version");
        assertEquals(ExitCode.FAILED, nowhere.code());
        assertTrue(nowhere.err().startsWith("aevo: JAVA_HOME is " + folder + "/none, but "), nowhere.err());

        Path java = Files.createDirectories(folder.resolve("small/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nexit 9\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(
                folder.resolve("small/release"), "JAVA_VERSION=\"17.0.9\"\nMODULES=\"java.base java.logging\"\n");
        AevoProcess.Result small = aevo(Map.of("JAVA_HOME", folder + "/small"), "--version");
        assertEquals(ExitCode.FAILED, small.code());
        assertTrue(small.err().contains("lacks the modules java.desktop "), small.err());
    }

    /** A number of threads that is none is refused before anything is made, by every rank; what does not train does not mind. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "-1"})
    void aNumberOfThreadsThatIsNone(String threads) throws Exception {
        input(".");
        Map<String, String> environment = new HashMap<>(Map.of("OMP_NUM_THREADS", threads));
        for (String rank : List.of("", "1")) {
            if (!rank.isEmpty()) {
                environment.putAll(Map.of("PMI_RANK", rank, "PMI_SIZE", "2", "PMI_JOBID", "7"));
            }
            try (AevoProcess aevo = AevoProcess.start(folder, environment, "run", "in.yaml", "-o", "out")) {
                AevoProcess.Result result = aevo.await();
                assertEquals(ExitCode.USAGE, result.code(), result.err());
                assertEquals(1, result.err().lines().count(), result.err());
                assertTrue(result.err().contains("OMP_NUM_THREADS must be"), result.err());
                assertTrue(result.err().contains("was '" + threads + "'"), result.err());
            }
        }
        try (AevoProcess aevo = AevoProcess.start(
                folder,
                Map.of("OMP_NUM_THREADS", threads),
                "run",
                "in.yaml",
                "--dry-run",
                "--set",
                "evaluator.kind=simulated")) {
            assertEquals(ExitCode.DONE, aevo.await().code());
        }
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(1, all.count());
        }
    }

    /** What Java is told of the home directory, and of the folder for natives. */
    private Map<String, String> told(List<String> prefix, Map<String, String> environment) throws Exception {
        List<String> program = new ArrayList<>(prefix);
        program.add(AEVO);
        Map<String, String> all = new HashMap<>(environment);
        all.put("AEVO_JAVA_OPTIONS", "-XshowSettings:properties");
        try (AevoProcess aevo = AevoProcess.start(program, folder, all, "--version")) {
            AevoProcess.Result result = aevo.await();
            assertEquals(ExitCode.DONE, result.code(), result.err());
            Map<String, String> properties = new HashMap<>();
            (result.out() + result.err())
                    .lines()
                    .map(line -> line.strip().split(" = ", 2))
                    .filter(pair -> pair.length == 2)
                    .forEach(pair -> properties.put(pair[0], pair[1]));
            return properties;
        }
    }

    private static final String CACHE = "org.bytedeco.javacpp.cachedir";

    @ParameterizedTest
    @ValueSource(strings = {"/", "/nonexistent", "home", "/dev/null"})
    void aHomeThatWillNotDoIsReplacedByAPrivateFolder(String home) throws Exception {
        Map<String, String> told = told(List.of(), Map.of("HOME", home, "TMPDIR", folder.toString()));
        String uid = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                .toString();
        Path expected = folder.resolve("aevo-" + uid);
        assertEquals(expected.toString(), told.get(CACHE), told.toString());
        assertEquals(expected.toString(), told.get("user.home"));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(expected)));
    }

    @Test
    void aUserWithoutPasswdEntryHasTheHomeThatHomeNames() throws Exception {
        Path home = Files.createDirectory(folder.resolve("ein home"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> other = List.of("setpriv", "--reuid=54321", "--regid=54321", "--clear-groups");
        List<String> probe = new ArrayList<>(other);
        probe.addAll(List.of(
                "test", "-r", Path.of("target/aevo.jar").toAbsolutePath().toString()));
        boolean possible = new ProcessBuilder(probe).start().waitFor() == 0;
        if (!possible) {
            System.err.println("SKIPPED: no user without passwd entry was tried; it needs root, and setpriv");
        }
        assumeTrue(possible);
        Map<String, String> told = told(other, Map.of("HOME", home.toString()));
        assertEquals(home.toString(), told.get("user.home"));
        assertFalse(told.containsKey(CACHE));
        // TMPDIR is another user's there
        told = told(other, Map.of("HOME", "/root", "TMPDIR", folder.toString()));
        assertEquals(folder.resolve("aevo-54321").toString(), told.get("user.home"));
        assertEquals(told.get("user.home"), told.get(CACHE));
        assertFalse(Files.exists(folder.resolve("?")));
    }

    /** The bytes of names are taken for UTF-8, as nearly all are; where they are not, for what the locale says. */
    @Test
    void aLocaleOfOneBytePerLetter() throws Exception {
        Path locales = Files.createDirectory(folder.resolve("locales"));
        boolean possible =
                new ProcessBuilder("localedef", "-i", "de_DE", "-f", "ISO-8859-1", locales + "/de_DE.ISO-8859-1")
                                .redirectErrorStream(true)
                                .redirectOutput(folder.resolve("said").toFile())
                                .start()
                                .waitFor()
                        == 0;
        if (!possible) {
            System.err.println(
                    "SKIPPED: no locale of one byte per letter was tried; it needs localedef and its sources");
        }
        assumeTrue(possible);
        Map<String, String> environment =
                Map.of("LOCPATH", locales.toString(), "LC_ALL", "de_DE.ISO-8859-1", "AEVO", AEVO);
        for (String letter : List.of("\\303\\274", "\\374")) { // of UTF-8, of ISO 8859-1
            String script = "d=$(printf 'x" + letter + "'); mkdir \"$d\" && cp \"$1\" \"$d/in.yaml\" &&"
                    + " \"$AEVO\" run \"$d/in.yaml\" -o \"$d/o\" --set evaluator.kind=simulated --set"
                    + " evaluator.mean-seconds=0.01 && test -e \"$d/o/run.h5\"";
            List<String> shell =
                    List.of("bash", "-c", script, "bash", input(".").toString());
            try (AevoProcess aevo = AevoProcess.start(shell, folder, environment)) {
                AevoProcess.Result result = aevo.await();
                assertEquals(ExitCode.DONE, result.code(), result.err());
                assertTrue(result.out().contains("6 evaluations (6 ok)"), result.out());
            }
        }
    }
}
