package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.aevo.genome.GenomeText;
import org.aevo.network.Activation;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.Evaluator;
import org.aevo.search.Job;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A candidate that lacks memory, in a process with a real limit, and one after it that does not. */
class OutOfMemoryTest {
    private static final String SMALL = "dense(16,relu) | latent(4) | upsampling | adam(lr0.001,batch16)";

    @ParameterizedTest
    @EnumSource
    void nativeMemory(EngineKind engine, @TempDir Path directory) throws Exception {
        // 7000 x 7000 weights and as many gradients and optimizer states: 600 MB at the least
        String huge = "dense(7000,relu) dense(7000,relu) | latent(4) | upsampling | adam(lr0.001,batch16)";
        check(
                engine,
                directory,
                List.of("-Xmx700m", "-Dorg.bytedeco.javacpp.maxphysicalbytes=600m"),
                huge,
                "physicalBytes");
    }

    @ParameterizedTest
    @EnumSource
    void heap(EngineKind engine, @TempDir Path directory) throws Exception {
        String large = "dense(4000,relu) dense(4000,relu) | latent(4) | upsampling | adam(lr0.001,batch16)";
        check(engine, directory, List.of("-Xmx50m", "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"), large, "heap space");
    }

    private static void check(EngineKind engine, Path directory, List<String> options, String huge, String reason)
            throws Exception {
        List<String> output =
                ChildJvm.run(directory, options, List.of(), Main.class, engine.name(), SMALL, huge, SMALL);
        List<String> results =
                output.stream().filter(line -> line.startsWith("result ")).toList();
        assertEquals(3, results.size(), output.toString());
        assertTrue(results.get(0).startsWith("result OK 0."), results.toString());
        assertTrue(results.get(1).startsWith("result OUT_OF_MEMORY NaN out of memory"), output.toString());
        assertTrue(results.get(1).contains(reason), results.toString());
        assertEquals(results.get(0), results.get(2));
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(1, files.count(), "files beside the log");
        }
    }

    /** Evaluates the genomes that its arguments are, by the engine that the first one names. */
    static final class Main {
        public static void main(String[] arguments) {
            Shape shape = new Shape(1, 28, 28);
            Samples samples = new Samples(shape, 32, new float[32 * 784]);
            TrainingSettings settings = new TrainingSettings(1, 1, 0, Double.POSITIVE_INFINITY, 100, 0);
            try (Evaluator trainer = new Trainer(
                    TestEngines.open(EngineKind.valueOf(arguments[0])),
                    g -> g.unfold(shape, Activation.SIGMOID),
                    samples,
                    samples,
                    settings)) {
                for (String genome : List.of(arguments).subList(1, arguments.length)) {
                    Candidate candidate =
                            new Candidate(1, 0, Candidate.NONE, Candidate.NONE, "random", GenomeText.parse(genome));
                    Evaluation e = trainer.evaluate(new Job(candidate, 1, 0)).evaluation();
                    System.out.println("result " + e.status() + " " + e.fitness() + " " + e.message());
                }
            }
        }
    }
}
