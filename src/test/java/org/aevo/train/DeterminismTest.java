package org.aevo.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.aevo.genome.GenomeText;
import org.aevo.network.Activation;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.Evaluator;
import org.aevo.search.Job;
import org.aevo.search.Weights;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One candidate and one seed give the same bits in any process, whatever was trained before in it. */
class DeterminismTest {
    private static final List<String> GENOMES = List.of(
            "conv(6,k3,s1,relu,bn) pool(2) conv(4,k4,s2,swish) dense(20,elu,drop0.3) | latent(4) | upsampling | adam(lr0.003,batch24)",
            "conv(6,k5,s2,tanh,bn) | latent(4) | deconvolution | rmsprop(lr0.003,batch16)",
            "dense(40,relu,drop0.5) dense(20,relu) | latent(4) | upsampling | nesterov(lr0.1,batch10)");

    @ParameterizedTest
    @EnumSource
    void inOneProcessAndInAnother(EngineKind engine, @TempDir Path directory) throws Exception {
        List<String> here = digests(engine, GENOMES);
        // other networks before each, other states of the library's generator
        List<String> reversed = new ArrayList<>(GENOMES);
        java.util.Collections.reverse(reversed);
        List<String> again = digests(engine, reversed);
        java.util.Collections.reverse(again);
        assertEquals(here, again);

        List<String> there = ChildJvm.run(directory, List.of(), List.of(), DigestMain.class, engine.name()).stream()
                .filter(line -> line.startsWith("digest "))
                .map(line -> line.substring("digest ".length()))
                .toList();
        assertEquals(here, there);
    }

    /** Prints the digests of all genomes, by the engine that its argument names. */
    static final class DigestMain {
        public static void main(String[] arguments) throws Exception {
            for (String digest : digests(EngineKind.valueOf(arguments[0]), GENOMES)) {
                System.out.println("digest " + digest);
            }
        }
    }

    private static List<String> digests(EngineKind engine, List<String> genomes) throws Exception {
        Shape shape = new Shape(1, 9, 9);
        TrainingSettings settings = new TrainingSettings(3, 3, 0, Double.POSITIVE_INFINITY, 1e6, 0);
        List<String> digests = new ArrayList<>();
        try (Evaluator trainer = new Trainer(
                TestEngines.open(engine),
                g -> g.unfold(shape, Activation.SIGMOID),
                noise(shape, 70, 1),
                noise(shape, 31, 2),
                settings)) {
            for (String genome : genomes) {
                Candidate candidate =
                        new Candidate(1, 0, Candidate.NONE, Candidate.NONE, "random", GenomeText.parse(genome));
                digests.add(digest(trainer.evaluate(new Job(candidate, 99, Double.POSITIVE_INFINITY))));
            }
        }
        return digests;
    }

    /** Every loss and every weight, bit by bit; times left out. */
    private static String digest(Evaluator.Outcome outcome) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Evaluation e = outcome.evaluation();
        digest.update(doubles(e.fitness(), e.score().trainLoss(), e.score().validationLoss()));
        for (Evaluation.Epoch epoch : e.curve()) {
            digest.update(doubles(epoch.trainLoss(), epoch.validationLoss()));
        }
        for (Weights.Array array : outcome.weights().orElseThrow().arrays()) {
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * array.values().length);
            bytes.asFloatBuffer().put(array.values());
            digest.update(bytes);
        }
        return e.status() + " " + e.fitness() + " " + HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] doubles(double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length);
        bytes.asDoubleBuffer().put(values);
        return bytes.array();
    }

    private static Samples noise(Shape shape, int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[(int) (count * shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return new Samples(shape, count, values);
    }
}
