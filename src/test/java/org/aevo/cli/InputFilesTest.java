package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.aevo.config.RunConfig;
import org.aevo.genome.Genome;
import org.aevo.genome.variation.TrivialGenomes;
import org.aevo.network.Shape;
import org.aevo.search.StrategyKind;
import org.aevo.task.Classify;
import org.aevo.train.TrainingSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The input files that come along are inputs of this program. */
class InputFilesTest {
    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("inputs"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Data that do not come along have others in their place: images, labelled. */
    private static Said dryRun(Path file, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of("run", "--dry-run", file.toString()));
        String text = Files.readString(file);
        if (text.contains("  path:")) {
            command.addAll(List.of("--set", "data.kind=fashion-mnist", "--set", "data.path=none"));
        }
        // as many workers as the machine has memory for
        command.addAll(List.of("--workers", "1"));
        command.addAll(List.of(more));
        return Said.by(command.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("files")
    void eachIsOne(Path file) throws IOException {
        assertTrue(file.toString().endsWith(".yaml"), file.toString());
        Said said = dryRun(file);
        assertEquals(ExitCode.DONE, said.code(), said.err());
        String name = file.getFileName().toString().replace(".yaml", "");
        assertTrue(said.out().contains("name: " + name + "\n"), said.out());
    }

    /** The settings as published, by which the published network could have been found. */
    @Test
    void thePublishedWinnerLiesInThePublishedSpace() throws IOException {
        Said said = dryRun(
                Path.of("inputs/vidnerova-fashion.yaml"),
                "--set",
                "evolution.seeds=[inputs/networks/fashion-evolved.yaml]");
        assertEquals(ExitCode.DONE, said.code(), said.err());
        assertTrue(
                said.out()
                        .contains("conv(46,k3,s1,relu) conv(15,k3,s1,relu) conv(36,k4,s1,relu) conv(13,k3,s1,relu)"
                                + " conv(36,k3,s1,relu) pool(2) | dense(235,hard-sigmoid,drop0.4) dense(130,tanh,drop0.3)"
                                + " | softmax | keras-rmsprop(lr0.001,batch128)"),
                said.out());
        Said mnist = dryRun(
                Path.of("inputs/vidnerova-mnist.yaml"),
                "--set",
                "evolution.seeds=[inputs/networks/mnist-evolved.yaml]");
        assertEquals(ExitCode.USAGE, mnist.code(), "poolings of genomes are rounded up");
        assertTrue(mnist.err().contains("mnist-evolved.yaml: ") && mnist.err().contains("padding valid"), mnist.err());
    }

    /** 45,000 images in batches of 50: the steps of the paper end in the 29th epoch. */
    @Test
    void theScheduleOfRealEtAlIsAllThere() {
        RunConfig config = RunConfig.read(Path.of("inputs/real2017.yaml"), Map.of(), List.of());
        assertEquals(StrategyKind.PAIRWISE, config.strategy());
        Genome first = new TrivialGenomes(config.space().of(new Shape(3, 32, 32), 10)).next(new Random(1));
        assertEquals("- | - | softmax | momentum(lr0.1,batch50)", first.toString());
        assertEquals(25_600, config.training().maxSteps());
        assertEquals(1e-4, config.training().weightDecay());
        assertEquals(TrainingSettings.Kept.LAST, config.training().kept());
        assertEquals((25_600 * 50 + 44_999) / 45_000, config.training().maxEpochs());
        assertEquals(2, ((Classify) config.task()).augmentation().size());
        assertTrue(config.training().patience() >= config.training().maxEpochs(), "nothing ends a training early");
    }
}
