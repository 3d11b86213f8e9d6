package org.aevo.train.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.aevo.genome.Family;
import org.aevo.genome.IntRange;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.Shape;
import org.aevo.genome.variation.RandomGenome;
import org.aevo.genome.variation.VariationRates;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Evaluator;
import org.aevo.train.ChildJvm;
import org.aevo.train.Samples;
import org.aevo.train.Trainer;
import org.aevo.train.TrainingSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker's resident memory does not grow with the candidates that it has trained. The first hundred bring in the parts
 * of the library that they are the first to use.
 */
class FlatMemoryTest {
    private static final int EVERY = 50;

    @Test
    void overSomeCandidates(@TempDir Path directory) throws Exception {
        check(directory, 200);
    }

    private static void check(Path directory, int candidates) throws Exception {
        // a heap that is there from the start: what grows is native
        List<String> output = ChildJvm.run(
                directory,
                List.of("-XX:+UseSerialGC", "-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch"),
                List.of("MALLOC_ARENA_MAX=2", "DNNL_PRIMITIVE_CACHE_CAPACITY=128"),
                Main.class,
                Integer.toString(candidates));
        List<Long> resident = output.stream()
                .filter(line -> line.startsWith("resident "))
                .map(line -> Long.parseLong(line.substring("resident ".length())))
                .toList();
        assertEquals(candidates / EVERY, resident.size(), output.toString());
        long last = resident.get(resident.size() - 1);
        assertTrue(last <= 1.1 * resident.get(1), "MB after each " + EVERY + " candidates: " + resident);
    }

    /** Trains as many small candidates as its argument says. */
    static final class Main {
        public static void main(String[] arguments) throws IOException {
            Shape shape = new Shape(1, 14, 14);
            SearchSpace space = SearchSpace.defaults(Family.MIXED, shape, 8).toBuilder()
                    .filters(new IntRange(2, 16))
                    .units(new IntRange(8, 128))
                    .batchSizes(List.of(16, 32, 64))
                    .maxParameters(100_000)
                    .build();
            SplittableRandom random = new SplittableRandom(5);
            float[] values = new float[96 * 14 * 14];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble();
            }
            Samples samples = new Samples(shape, 96, values);
            TrainingSettings settings = new TrainingSettings(2, 2, 0, Double.POSITIVE_INFINITY, 1e9, 0);
            RandomGenome genomes = new RandomGenome(space, VariationRates.defaults());
            try (Evaluator trainer = new Trainer(new TorchEngine(), space::blueprint, samples, samples, settings)) {
                for (int i = 1; i <= Integer.parseInt(arguments[0]); i++) {
                    Candidate candidate =
                            new Candidate(i, 0, Candidate.NONE, Candidate.NONE, "random", genomes.next(random));
                    Evaluation e = trainer.evaluate(candidate, i, Double.POSITIVE_INFINITY)
                            .evaluation();
                    if (e.status() != EvaluationStatus.OK) {
                        throw new IllegalStateException(e.toString());
                    }
                    if (i % EVERY == 0) {
                        System.out.println("resident " + residentMegabytes());
                    }
                }
            }
        }

        private static long residentMegabytes() throws IOException {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) >> 10)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
