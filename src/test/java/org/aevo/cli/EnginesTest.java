package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.aevo.SmallDisk;
import org.aevo.genome.GenomeText;
import org.aevo.genome.Unfolding;
import org.aevo.network.Activation;
import org.aevo.network.EnumText;
import org.aevo.network.Shape;
import org.aevo.train.ChildJvm;
import org.aevo.train.Engine;
import org.aevo.train.EngineKind;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.Samples;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnginesTest {
    private static final List<String> DL4J = List.of("org.nd4j.", "org.deeplearning4j.", "nd4jcpu");
    private static final List<String> TORCH = List.of("org.bytedeco.pytorch.", "libtorch", "jnitorch");

    /** A worker pays for its own engine alone: by the JVM's log of classes and the system's list of mapped files. */
    @ParameterizedTest
    @EnumSource
    void theOtherEngineIsNotLoaded(EngineKind engine, @TempDir Path directory) throws Exception {
        Path classes = directory.resolve("classes.log");
        List<String> said = ChildJvm.run(
                directory, List.of("-Xlog:class+load:file=" + classes), List.of(), TrainingMain.class, engine.name());
        assertTrue(said.contains("trained"), said.toString());
        List<String> loaded = Stream.concat(
                        Files.readAllLines(classes).stream().map(line -> line.replaceFirst(".*?\\]\\s*(?=[a-z])", "")
                                .split(" ")[0]),
                        said.stream().filter(line -> line.startsWith("mapped ")))
                .toList();
        boolean dl4j = engine == EngineKind.DL4J;
        for (String own : dl4j ? DL4J : TORCH) {
            assertTrue(loaded.stream().anyMatch(line -> line.contains(own)), () -> own + " not in " + loaded);
        }
        for (String foreign : dl4j ? TORCH : DL4J) {
            assertEquals(
                    List.of(),
                    loaded.stream().filter(line -> line.contains(foreign)).toList());
        }
    }

    /** Opens an engine as a worker does, takes a step, and prints which files are mapped into this process. */
    static final class TrainingMain {
        public static void main(String[] arguments) throws Exception {
            EngineKind kind = EngineKind.valueOf(arguments[0]);
            var genome = GenomeText.parse("conv(2,k3,s2,relu,bn) | latent(2) | upsampling | adam(lr0.001,batch2)");
            Shape shape = new Shape(1, 6, 6);
            Engines.missing(EngineKind.DL4J);
            Engines.missing(EngineKind.TORCH);
            try (Engine engine = Engines.open(kind);
                    Network network = engine.build(NetworkPlan.of(
                            Unfolding.of(genome, shape, Activation.SIGMOID), genome.hyperparameters(), 1))) {
                network.step(new Samples(shape, 2, new float[72]), new int[] {0, 1}, 0, 2);
                try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
                    maps.map(line -> line.replaceFirst(".*\\s", ""))
                            .filter(file -> file.contains(".so"))
                            .distinct()
                            .forEach(file -> System.out.println("mapped " + file));
                }
                System.out.println("trained");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyEngineOfThisBuildFindsItselfGood(EngineKind kind) {
        assertEquals(Optional.empty(), Engines.missing(kind));
        assertFalse(Engines.computesOnGpus(kind));
        try (Engine engine = Engines.open(kind)) {
            assertEquals("cpu", engine.device());
            engine.libraries().forEach((name, version) -> assertTrue(version.matches("[\\w.-]*[\\w]"), name + version));
            assertFalse(
                    engine.libraries().containsValue("unknown"),
                    engine.libraries().toString());
            engine.selfCheck().forEach(check -> assertTrue(check.good(), check.toString()));
        }
    }

    /** Opens an engine, which must fail, and prints why. */
    static final class FailingMain {
        public static void main(String[] arguments) {
            try (Engine engine = Engines.open(EngineKind.valueOf(arguments[0]))) {
                System.out.println("opened " + engine.name());
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private static String last(List<String> said) {
        return said.get(said.size() - 1);
    }

    @ParameterizedTest
    @EnumSource
    void aNumberOfThreadsThatIsNoneIsNamed(EngineKind engine, @TempDir Path directory) throws Exception {
        List<String> said =
                ChildJvm.run(directory, List.of(), List.of("OMP_NUM_THREADS=many"), FailingMain.class, engine.name());
        assertTrue(last(said).startsWith("the environment variable OMP_NUM_THREADS must be "), last(said));
        assertTrue(last(said).contains("was 'many'"), last(said));
    }

    /** The linker says no more than that it does not find a library. */
    @ParameterizedTest
    @EnumSource
    void aDiskWithoutRoomForNativesIsNamed(EngineKind engine, @TempDir Path directory) throws Exception {
        String why = onDisk(engine, directory, "20m");
        assertTrue(why.contains("; the disk of " + directory + ", where natives are unpacked, has "), why);
    }

    /** The linker says that it failed to map a segment. */
    @ParameterizedTest
    @EnumSource
    void aFileSystemFromWhichNothingRunsIsNamed(EngineKind engine, @TempDir Path directory) throws Exception {
        String why = onDisk(engine, directory, "3g,noexec");
        assertTrue(why.contains("; " + directory + ", where natives are unpacked, is on a file system "), why);
        assertTrue(why.contains("noexec") && !why.contains("AVX2"), why);
    }

    /** Why an engine cannot be opened that unpacks its natives onto such a disk. */
    private static String onDisk(EngineKind engine, Path directory, String size) throws Exception {
        Optional<SmallDisk.Outcome> ended = SmallDisk.run(
                directory,
                size,
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.bytedeco.javacpp.cachedir=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        FailingMain.class.getName(),
                        engine.name()));
        assumeTrue(ended.isPresent(), "no full disk was tried: mount is not permitted");
        String why = last(ended.get().said().lines().toList());
        assertTrue(why.contains(" does not load its natives"), ended.get().said());
        assertTrue(why.endsWith("AEVO_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=FOLDER"), why);
        return why;
    }

    /** A build for another machine, or one whose libraries were tidied up. */
    @ParameterizedTest
    @EnumSource
    void anEngineWithoutNativesIsRefusedBeforeARunStarts(EngineKind engine, @TempDir Path directory) throws Exception {
        String natives =
                engine == EngineKind.DL4J ? ".*/nd4j-native-\\d[^/]*\\.jar" : ".*/pytorch-[^/]*-linux-x86_64\\.jar";
        List<String> program = AevoProcess.program();
        int classPath = program.indexOf("-cp") + 1;
        List<String> left = Stream.of(program.get(classPath).split(":"))
                .filter(jar -> !jar.matches(natives))
                .toList();
        program.set(classPath, String.join(":", left));
        String name = EnumText.of(engine);
        try (AevoProcess aevo = AevoProcess.start(
                program,
                directory,
                Map.of(),
                "run",
                Path.of("inputs/quickstart.yaml").toAbsolutePath() + "",
                "--engine",
                name)) {
            AevoProcess.Result result = aevo.await();
            assertEquals(ExitCode.USAGE, result.code(), result.err());
            assertTrue(
                    result.err().startsWith("aevo: training.engine is " + name + ": this build has no natives of "),
                    result.err());
            assertEquals(1, result.err().lines().count(), result.err());
        }
        assertFalse(Files.exists(directory.resolve("runs")));
    }
}
