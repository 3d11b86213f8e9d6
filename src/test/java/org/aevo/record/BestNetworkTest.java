package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.aevo.genome.GenomeText;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.network.Ends;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Score;
import org.aevo.search.Weights;
import org.aevo.train.Draws;
import org.aevo.train.InitialWeights;
import org.aevo.train.ReferenceNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The best network of a run in run.h5: from it alone it is built again, here and by numpy. */
class BestNetworkTest {
    private static final List<String> GENOMES = List.of(
            "conv(3,k3,s2,relu,bn) pool(2) dense(9,tanh) | latent(4) | deconvolution | adam(lr0.001,batch32)",
            "conv(3,k3,s1,relu) conv(4,k5,s2,elu) conv(2,k3,s2,tanh,bn) skip(0,2) | latent(4) | upsampling"
                    + " | adam(lr0.001,batch64)",
            "dense(9,relu) dense(8,elu) dense(7,tanh) skip(0,2) | latent(3) | dense(6,relu) dense(5,elu) dense(4,relu)"
                    + " skip(0,2) | rmsprop(lr0.001,batch128)");

    @TempDir
    Path folder;

    private final SplittableRandom random = new SplittableRandom(5);

    private static Blueprint network(String genome, Shape shape) {
        return GenomeText.parse(genome).unfold(shape, Activation.TANH);
    }

    private static List<Entry> entries(Optional<Shape> shape, List<? extends Design> designs, String input) {
        Entry.RunStarted s = SampleRun.started(1);
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry.RunStarted(
                s.name(),
                s.mode(),
                s.strategy(),
                s.seed(),
                s.startUtc(),
                s.createdBy(),
                input,
                s.commandLine(),
                s.gitCommit(),
                s.javaVersion(),
                s.libraries(),
                Map.of(),
                shape.isEmpty(),
                1));
        shape.ifPresent(sides -> entries.add(new Entry.DataScaled(
                new Inputs(sides, "auto", "floats", false, List.of(), "global", List.of(0.0), List.of(1.0)), 0)));
        for (int id = 0; id < designs.size(); id++) {
            entries.add(new Entry.Asked(new Candidate(id, 0, -1, -1, "random", designs.get(id)), 1 + id));
            // the last one is the best
            double fitness = 1.0 / (id + 1);
            entries.add(new Entry.Arrived(
                    new Evaluation(
                            id,
                            EvaluationStatus.OK,
                            new Score(fitness, fitness, fitness, Map.of()),
                            new Effort(new Durations(0, 1, 0), 1, 1, 1),
                            List.of(),
                            ""),
                    1,
                    -1,
                    0,
                    2 + id));
        }
        return entries;
    }

    private static final String INPUT = "space:\n  latent: 4\n  output-activation: tanh\n  max-genes: 3\n";

    @Test
    void isBuiltAgain() throws Exception {
        for (String genome : GENOMES) {
            isBuiltAgain(genome, new Shape(2, 9, 8));
        }
        isBuiltAgain(GENOMES.get(1), new Shape(1, 1, 12));
    }

    private void isBuiltAgain(String genome, Shape shape) throws Exception {
        Blueprint network = network(genome, shape);
        Weights weights = Draws.shaken(InitialWeights.of(network, 3), random);
        Path file = write(entries(Optional.of(shape), List.of(GenomeText.parse(genome)), INPUT), weights);
        RunData run = RunReader.read(file);
        assertEquals(Optional.of(network), run.network());
        SameWeights.check(weights, run.weights().orElseThrow());
        float[] inputs = Draws.values(3 * shape.size(), random);
        double[] doubles = new double[inputs.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = inputs[i];
        }
        ReferenceNetwork oracle = new ReferenceNetwork(network, weights);
        Path numbers = folder.resolve("numbers.txt");
        Files.write(numbers, List.of(text(doubles), text(oracle.forward(inputs, false)), text(oracle.encode(inputs))));
        String off = Outside.python(
                """
                import subprocess, sys, numpy as np
                x, output, latent = (np.array(line.split(), "f8") for line in open(sys.argv[2]))
                np.save("{0}/x.npy".format(sys.argv[3]), x.reshape(3, -1))
                subprocess.run([sys.executable, "bench/reconstruct.py", sys.argv[1], "--inputs", sys.argv[3] + "/x.npy",
                                "--into", sys.argv[3] + "/y.npz"], check=True, stdout=subprocess.DEVNULL)
                made = np.load(sys.argv[3] + "/y.npz")
                print(*(np.abs(made[n].ravel() - v).max() < 1e-9 for n, v in (("output", output), ("latent", latent))))
                """,
                file.toString(), numbers.toString(), folder.toString());
        assertEquals("True True\n", off);
    }

    @Test
    void classifiersAreBuiltAgain() throws Exception {
        for (int best = 0; best < ClassifierRun.GENOMES.size(); best++) {
            List<Entry> entries = new ArrayList<>(ClassifierRun.entries(1));
            Evaluation first = ((Entry.Arrived) entries.get(5)).evaluation();
            int id = best;
            entries.replaceAll(
                    e -> e instanceof Entry.Arrived a && a.evaluation().id() == id
                            ? new Entry.Arrived(
                                    new Evaluation(
                                            id,
                                            EvaluationStatus.OK,
                                            new Score(0.01, 1, Double.NaN),
                                            first.effort(),
                                            List.of(),
                                            ""),
                                    1,
                                    0,
                                    0,
                                    a.time())
                            : e);
            Blueprint network =
                    GenomeText.parse(ClassifierRun.GENOMES.get(best)).unfold(Ends.classifier(ClassifierRun.SAMPLES, 3));
            Weights weights = Draws.shaken(InitialWeights.of(network, 3), random);
            Path file = write(entries, weights);
            RunData run = RunReader.read(file);
            assertEquals(best, run.best().orElseThrow());
            assertEquals(Optional.of(network), run.network());
            assertTrue(run.about().classifies());
            assertEquals("cross-entropy", run.about().fitness());
            assertEquals(network.stepOperations(batch(best)), run.evaluations().doubles("step_operations")[best]);
            float[] inputs = Draws.values(3 * ClassifierRun.SAMPLES.size(), random);
            double[] doubles = new double[inputs.length];
            for (int i = 0; i < doubles.length; i++) {
                doubles[i] = inputs[i];
            }
            double[] output = new ReferenceNetwork(network, weights).forward(inputs, false);
            Path numbers = folder.resolve("numbers.txt");
            Files.write(numbers, List.of(text(doubles), text(output)));
            String same = Outside.python(
                    """
                    import subprocess, sys, numpy as np
                    x, output = (np.array(line.split(), "f8") for line in open(sys.argv[2]))
                    np.save("{0}/x.npy".format(sys.argv[3]), x.reshape(3, 1, 9, 8))
                    subprocess.run([sys.executable, "bench/reconstruct.py", sys.argv[1], "--inputs", sys.argv[3] + "/x.npy",
                                    "--into", sys.argv[3] + "/y.npz"], check=True, stdout=subprocess.DEVNULL)
                    made = np.load(sys.argv[3] + "/y.npz")
                    print(sorted(made), np.abs(made["output"].ravel() - output).max() < 1e-9,
                          (made["labels"] == np.array([2, 3, 7])[output.reshape(3, 3).argmax(1)]).all())
                    """,
                    file.toString(), numbers.toString(), folder.toString());
            assertEquals("['labels', 'output'] True True\n", same);
        }
    }

    private static int batch(int genome) {
        return GenomeText.parse(ClassifierRun.GENOMES.get(genome))
                .hyperparameters()
                .batchSize();
    }

    private static String text(double[] values) {
        StringBuilder text = new StringBuilder();
        for (double value : values) {
            text.append(value).append(' ');
        }
        return text.toString();
    }

    @Test
    void operationsAreThoseOfTheNetworks() throws Exception {
        Shape shape = new Shape(2, 9, 8);
        List<Design> designs =
                new ArrayList<>(GENOMES.stream().map(GenomeText::parse).toList());
        RunData run = RunReader.read(write(entries(Optional.of(shape), designs, INPUT), new Weights(List.of())));
        for (int i = 0; i < designs.size(); i++) {
            Blueprint network = network(GENOMES.get(i), shape);
            int batch = designs.get(i).hyperparameters().batchSize();
            assertEquals(network.forwardOperations(), run.evaluations().doubles("forward_operations")[i]);
            assertEquals(network.stepOperations(batch), run.evaluations().doubles("step_operations")[i]);
        }
    }

    @Test
    void whatCannotBeKnownIsMissing() throws Exception {
        Shape vector = Shape.vector(30);
        List<Design> designs = List.of(GenomeText.parse(GENOMES.get(0)), GenomeText.parse(GENOMES.get(2)));
        RunData run = RunReader.read(write(entries(Optional.of(vector), designs, INPUT), new Weights(List.of())));
        double[] forward = run.evaluations().doubles("forward_operations");
        assertTrue(Double.isNaN(forward[0]) && forward[1] > 0, "a convolution of a vector cannot be built");
        RunData simulated = RunReader.read(write(entries(Optional.empty(), designs, INPUT), new Weights(List.of())));
        assertTrue(Double.isNaN(simulated.evaluations().doubles("forward_operations")[1]));
        assertEquals(Optional.empty(), simulated.network());
        RunData other = RunReader.read(write(entries(Optional.of(vector), designs, "x: 1\n"), new Weights(List.of())));
        assertTrue(Double.isNaN(other.evaluations().doubles("step_operations")[1]));
        assertEquals(Optional.empty(), other.network());
    }

    /** While a run goes on, those of old candidates are kept, and those of new ones are counted. */
    @Test
    void operationsOfNewCandidatesAreAdded() {
        Shape shape = new Shape(2, 9, 8);
        List<Design> designs =
                new ArrayList<>(GENOMES.stream().map(GenomeText::parse).toList());
        List<Entry> entries = entries(Optional.of(shape), designs, INPUT);
        RunHistory history = new RunHistory();
        OperationCounts counts = new OperationCounts();
        for (Entry entry : entries) {
            history.apply(entry);
            RunNetworks.of(history).ifPresent(networks -> counts.count(networks, history.asked()));
        }
        OperationCounts all = OperationCounts.of(history);
        for (int id = 0; id < designs.size(); id++) {
            assertEquals(all.forward(id), counts.forward(id));
            assertEquals(network(GENOMES.get(id), shape).forwardOperations(), counts.forward(id));
        }
        assertTrue(Double.isNaN(counts.forward(designs.size())));
    }

    @Test
    void layersThatAreNoNetworkAreNamed() throws Exception {
        Shape shape = new Shape(2, 9, 8);
        Path file = write(
                entries(Optional.of(shape), List.of(GenomeText.parse(GENOMES.get(1))), INPUT), new Weights(List.of()));
        ChangedHdf5.changed(file, List.of("f['best/layers/inputs'][0] = b'latent'"));
        Path changed = ChangedHdf5.place(file, 0);
        RecordException e = assertThrows(RecordException.class, () -> RunReader.read(changed));
        assertTrue(
                e.getMessage().startsWith(changed + ": the layers in /best are no network: layer e0_conv takes"),
                e.getMessage());
    }

    private Path write(List<Entry> entries, Weights weights) throws IOException {
        RunHistory history = SampleRun.history(entries);
        Path file = folder.resolve("run.h5");
        RunFile.write(
                file, history, Optional.of(new BestWeights.Saved(history.best().orElseThrow(), weights)));
        return file;
    }
}
