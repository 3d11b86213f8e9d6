package org.aevo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.aevo.data.DataKind;
import org.aevo.genome.DoubleRange;
import org.aevo.genome.Family;
import org.aevo.genome.IntRange;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.SectionSpace;
import org.aevo.network.Activation;
import org.aevo.network.EnumText;
import org.aevo.network.Shape;
import org.aevo.search.Mode;
import org.aevo.search.StrategyKind;
import org.aevo.yaml.YamlTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputReaderTest {
    private static final String MINIMAL = "budget: {evaluations: 50}\n";

    private static String error(String yaml) {
        String message = assertThrows(InputException.class, () -> RunConfig.parse(yaml, "in.yaml"))
                .getMessage();
        assertEquals(1, message.lines().count(), message);
        return message;
    }

    @Test
    void aBudgetIsAllThatMustBeGiven() {
        RunConfig config = RunConfig.parse(MINIMAL, "in.yaml");
        assertEquals("in", config.name());
        assertEquals(Mode.ASYNC, config.mode());
        assertEquals(StrategyKind.GENETIC, config.strategy());
        assertEquals(OptionalLong.of(50), config.budget().evaluations());
        assertEquals(DataKind.FASHION_MNIST, config.data().kind());
        assertEquals(
                Family.DENSE, config.space().forSamples(new Shape(1, 28, 28)).family());
        assertTrue(!config.simulated());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"quickstart", "fashion-dense", "fashion-conv", "cifar10-conv", "swiss-roll", "denoise", "embed"})
    void examplesAreRightAndTheirEffectiveInputSaysTheSame(String name) {
        RunConfig config = RunConfig.read(Path.of("inputs", name + ".yaml"), Map.of(), List.of());
        String effective = config.effective().yaml();
        RunConfig again = RunConfig.parse(effective, "effective.yaml");
        assertEquals(effective, again.effective().yaml());
        assertEquals(config.budget(), again.budget());
        assertEquals(config.evolution(), again.evolution());
        assertEquals(config.data(), again.data());
        assertEquals(config.training(), again.training());
        assertEquals(config.task(), again.task());
        assertEquals(config.cluster(), again.cluster());
        Shape shape = new Shape(3, 32, 32);
        assertEquals(config.space().forSamples(shape), again.space().forSamples(shape));
        assertEquals(name, config.name());
    }

    @Test
    void theReferenceIsWhatTheReaderSays() throws IOException {
        assertEquals(
                InputReference.markdown(),
                Files.readString(Path.of("docs", "input.md")),
                "docs/input.md is out of date: run 'make docs'");
    }

    @Test
    void optionsAndSettingsTakeThePlaceOfTheFile() {
        YamlTree tree = YamlTree.parse(MINIMAL + "training: {epochs: 9}\nseed: 4\n", "in.yaml");
        RunConfig config = InputReader.read(
                tree,
                "in.yaml",
                Map.of("cluster.workers", new RunConfig.Option("--workers", "7")),
                List.of("training.epochs=3", "space.units=[8, 9]", "data.kind=blobs"));
        assertEquals(7, config.cluster().workers());
        assertEquals(3, config.training().maxEpochs());
        assertEquals(4, config.seed());
        assertEquals(DataKind.BLOBS, config.data().kind());
        assertEquals(
                9,
                config.space().forSamples(Shape.vector(5000)).encoder().units().max());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            "sede: 1"                                        | in.yaml:1:1: unknown key 'sede'; did you mean 'seed'?
            "space: {activations: [softmax]}"                | space.activations must be a list of
            "space: {units: [9, 8]}"                         | space.units must be [smallest, largest]
            "training: {epoch: 3}"                           | unknown key 'training.epoch'; did you mean 'epochs'?
            "training: {qqqqq: 3}"                           | unknown key 'training.qqqqq'; known here: engine, epochs
            "seed: x"                                        | in.yaml:1:7: seed must be a whole number, was 'x'
            "seed: 1.5"                                      | seed must be a whole number, was 1.5
            "mode: asink"                                    | mode must be one of sync, async, was 'asink' (did you mean 'async'?)
            "strategy: bayes"                                | strategy must be one of genetic, aging, local, nsga2, pairwise, random, list, ensemble, served, was 'bayes'
            "training: 3"                                    | 'training' must be followed by keys of its own
            "training: {epochs: 0}"                          | training.epochs must be a whole number from 1
            "training: {epochs: [1, 2]}"                     | was [1, 2]
            "evolution: {crossover: 1.5}"                    | evolution.crossover must be a number from 0 to 1, was 1.5
            "evolution: {crossover: .nan}"                   | evolution.crossover must be a number from 0 to 1
            "evolution: {population: 51}"                    | evolution.population is 51, larger than the 50 evaluations
            "evolution: {population: 4, tournament: 5}"      | evolution.tournament is 5, more than the population of 4
            "cluster: {workers: 0}"                          | cluster.workers must be a whole number from 1
            "space: {kernel: [5, 3]}"                        | space.kernel must be [smallest, largest] from 1 to 7, was [5, 3]
            "space: {kernel: [0, 3]}"                        | space.kernel must be [smallest, largest] from 1 to 7
            "space: {activations: [relu, relu]}"             | was ['relu', 'relu'], in which one stands twice
            "space: {strides: [1, 3]}"                       | space.strides has 3, too long for a kernel of 1
            "space: {decoder: fre}"                          | space.decoder must be one of mirrored, free, was 'fre' (did you mean 'free'?)
            "space: {decoder-units: [8, 9]}"                 | in.yaml:1:24: space.decoder-units is for free decoders: set space.decoder to free, or leave it out
            "space: {decoder: mirrored, decoder-max-skips: 0}" | space.decoder-max-skips is for free decoders
            "space: {decoder: free, decoder-units: [9, 8]}"  | space.decoder-units must be [smallest, largest] from 1 to 1048576, or none, was [9, 8]
            "space: {decoder: free, decoder-dropout: [0, 1]}" | space.decoder-dropout must be [smallest, largest] from 0 to 0.99, or none
            "space: {decoder: free, decoder-activations: [softmax]}" | space.decoder-activations must be a list of
            "space: {decoder: free, decoder-activations: [relu, relu]}" | space.decoder-activations must be a list of
            "space: {decoder: free, decoder-strides: [1, 3]}" | space.decoder-strides has 3, too long for a kernel of 1
            "space: {decoder: free, kernel: [2, 3], strides: [3], decoder-kernel: [1, 3]}" | space.decoder-kernel has 3, too long for a kernel of 1
            "space: {decoder: free, decoder-strides: [1, 1]}" | space.decoder and its bounds do not fit together: strides must not repeat a choice
            "space: {decoder: free, decoder-batch-normalization: 1}" | space.decoder-batch-normalization must be true or false, or none, was 1
            "space: {max-skips: -1}"                         | space.max-skips must be a whole number from 0 to 100, was -1
            "evolution: {add-skip: 2}"                       | evolution.add-skip must be a number from 0 to 1, was 2
            "space: {optimizers: []}"                        | space.optimizers must be a list of
            "data: {kind: mnist}"                            | data.kind needs data.path
            "data: {kind: imagenet}"                         | data.kind must be one of fashion-mnist
            "data: {labels: l}"                              | data.labels is for the kinds
            "data: {kind: idx, path: f, dataset: d}"         | data.dataset is for the kind
            "evaluator: {kind: simulated, shape: [1, 2]}"    | evaluator.shape must be [channels, height, width]
            "name: ''"                                       | name must be a short text
            "seed: 99999999999999999999"                     | seed must be a whole number
            """)
    void wrongValuesAreNamedWithTheirPlace(String yaml, String expected) {
        String message = error(yaml + "\n" + MINIMAL);
        assertTrue(message.contains(expected.strip()), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            "a: [1"                  | in.yaml:1:6: not YAML
            "- 1"                    | in.yaml:1:1: not an input file
            "just words"             | in.yaml:1:1: not an input file
            "seed: 1\\nseed: 2"      | in.yaml:2:1: the key 'seed' stands twice
            "a: {b: 1, b: 2}"        | in.yaml:1:11: the key 'b' stands twice
            "a: b: c"                | in.yaml:1:5: not YAML
            "x: &a {y: *a}"          | in.yaml:1:4: not an input file: nested too deeply
            "? [a, b]\\n: 1"         | not YAML
            "\\ta: 1"                | not YAML
            """)
    void whatIsNoInputFileIsNamedWithItsPlace(String yaml, String expected) {
        String message = error(yaml.replace("\\n", "\n").replace("\\t", "\t"));
        assertTrue(message.contains(expected.strip()), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            aging | async | "population: 51"                              | evolution.population is 51, larger than the 50 evaluations
            nsga2 | sync  | "population: 51"                              | evolution.population is 51, larger than the 50 evaluations
            aging | sync  | "population: 9, offspring: 10"                | evolution.offspring is 10, more than the population of 9: with strategy aging all children enter
            local | async | "population: 60, min-population: 51"          | evolution.min-population is 51, larger than the 50 evaluations
            pairwise | async | "population: 51"                           | evolution.population is 51, larger than the 50 evaluations
            pairwise | sync | "population: 9"                             | mode is sync, but strategy pairwise has no generations to wait for: set mode: async
            local | sync  | "neighbours: 0"                               | evolution.neighbours must be a whole number from 1
            """)
    void whatAStrategyCannotServeIsRefused(String strategy, String mode, String evolution, String expected) {
        String message =
                error(MINIMAL + "strategy: " + strategy + "\nmode: " + mode + "\nevolution: {" + evolution + "}");
        assertTrue(message.contains(expected), message);
    }

    @Test
    void theSameKeysServeOtherStrategies() {
        RunConfig local = RunConfig.parse(
                MINIMAL + "strategy: local\nevolution: {population: 60, min-population: 3, neighbours: 7}", "in.yaml");
        assertEquals(StrategyKind.LOCAL, local.strategy());
        assertEquals(7, local.evolution().neighbours());
        RunConfig aging = RunConfig.parse(
                MINIMAL + "strategy: aging\nmode: async\nevolution: {population: 9, offspring: 10}", "in.yaml");
        assertEquals(StrategyKind.AGING, aging.strategy());
        assertEquals(3, aging.evolution().tournament());
        RunConfig nsga2 = RunConfig.parse(MINIMAL + "strategy: nsga2", "in.yaml");
        assertEquals(StrategyKind.NSGA2, nsga2.strategy());
        assertEquals(2, nsga2.evolution().tournament());
    }

    /** No hidden layer is what the definition of pairwise begins with; all else is as it was before there was the key. */
    @Test
    void onlyPairsBeginWithoutGenes() {
        for (StrategyKind kind : StrategyKind.values()) {
            if (kind != StrategyKind.LIST && kind != StrategyKind.ENSEMBLE) {
                RunConfig config =
                        RunConfig.parse(MINIMAL + "strategy: " + EnumText.of(kind) + "\nmode: async", "in.yaml");
                assertEquals(
                        kind == StrategyKind.PAIRWISE ? "0" : "1",
                        config.effective().value("space.min-genes"));
            }
        }
        InputException refused = assertThrows(
                InputException.class,
                () -> RunConfig.parse(MINIMAL + "space: {min-genes: 4, max-genes: 3}", "in.yaml"));
        assertTrue(refused.getMessage().contains("is 4, more than the 3 of space.max-genes"), refused.getMessage());
    }

    /** Of pairs one is always a member: so many workers cannot all be at work. */
    @ParameterizedTest
    @CsvSource({"9, 0, 0", "10, 0, 1", "4, 1, 0", "5, 1, 1"})
    void workersThatPairsCannotFeedAreSaidSo(int workers, int prefetch, int hints) {
        RunConfig config = RunConfig.parse(
                MINIMAL + "strategy: pairwise\nevolution: {population: 10}\ncluster: {workers: " + workers
                        + ", prefetch: " + prefetch + "}",
                "in.yaml");
        assertEquals(hints, config.hints().size(), config.hints()::toString);
        assertTrue(config.hints().stream().allMatch(hint -> hint.contains("at most 9 are evaluated at once")));
    }

    @Test
    void freeDecodersHaveTheBoundsOfEncodersButForThoseOfTheirOwn() {
        RunConfig config = RunConfig.parse(
                MINIMAL
                        + """
                        evolution: {add-skip: 0.2, remove-skip: 0.1}
                        space: {family: mixed, decoder: free, max-genes: 4, max-skips: 3, units: [5, 50], filters: [2, 20],
                                decoder-max-genes: 7, decoder-max-skips: 1, decoder-filters: [3, 30], decoder-kernel: [2, 4],
                                decoder-strides: [1, 2, 3], decoder-batch-normalization: false, decoder-dropout: [0.1, 0.2],
                                decoder-activations: [relu, tanh]}
                        """,
                "in.yaml");
        SearchSpace space = config.space().forSamples(new Shape(1, 28, 28));
        SectionSpace encoder = space.encoder();
        assertEquals(4, encoder.maxGenes());
        assertEquals(3, encoder.maxSkips());
        assertEquals(new IntRange(2, 20), encoder.filters());
        assertEquals(
                new SectionSpace(
                        7,
                        1,
                        new IntRange(3, 30),
                        new IntRange(2, 4),
                        List.of(1, 2, 3),
                        encoder.poolSizes(),
                        new IntRange(5, 50),
                        List.of(Activation.RELU, Activation.TANH),
                        new DoubleRange(0.1, 0.2),
                        false),
                space.decoder().orElseThrow());
        assertEquals(0.2, config.evolution().rates().addSkip());
        assertEquals(0.1, config.evolution().rates().removeSkip());
        String effective = config.effective().yaml();
        assertEquals(
                effective, RunConfig.parse(effective, "in.yaml").effective().yaml());

        RunConfig plain = RunConfig.parse(MINIMAL + "space: {decoder: free, units: [5, 50]}", "in.yaml");
        SearchSpace same = plain.space().forSamples(Shape.vector(28));
        assertEquals(same.encoder(), same.decoder().orElseThrow());
        // none is what the effective input says where a key is not given, whatever decoders there are
        RunConfig mirrored = RunConfig.parse(MINIMAL + "space: {decoder-units: none, units: [5, 50]}", "in.yaml");
        assertTrue(mirrored.space().forSamples(Shape.vector(28)).decoder().isEmpty());
    }

    @Test
    void aMistypedBudgetIsNamed() {
        assertTrue(error("budgt: {evaluations: 5}").contains("did you mean 'budget'?"));
    }

    @Test
    void absurdNestingIsRefused() {
        assertTrue(error("[".repeat(20_000)).contains("nested too deeply"));
    }

    @Test
    void changesAreNamedButForSectionsThatMayChange() {
        EffectiveInput before = RunConfig.parse(MINIMAL, "in.yaml").effective();
        EffectiveInput after = RunConfig.parse(
                        "name: in\nbudget: {evaluations: 60}\ntraining: {epochs: 3}\n", "in.yaml")
                .effective();
        assertEquals(
                List.of("budget.evaluations was 50, is 60", "training.epochs was 20, is 3"), before.changesTo(after));
        assertEquals(List.of("training.epochs was 20, is 3"), before.changesTo(after, "budget", "cluster"));
    }

    @Test
    void aRunMayEndWhenNothingBetterIsFound() {
        assertEquals(
                OptionalLong.of(40),
                RunConfig.parse("budget: {evaluations: 50, stagnation: 40}", "in.yaml")
                        .budget()
                        .stagnation());
        assertTrue(RunConfig.parse(MINIMAL, "in.yaml").budget().stagnation().isEmpty());
        assertTrue(error("budget: {evaluations: 50, stagnation: 0}").contains("stagnation must be"));
        assertTrue(error("budget: {stagnation: 40}").contains("budget.wall-seconds must be set"));
        assertTrue(error(
                        "strategy: nsga2\ntask: {objectives: [validation-loss, parameters]}\nbudget: {evaluations: 50, stagnation: 40}")
                .contains("has no one best"));
    }

    @Test
    void aRunWithoutAnEndIsRefused() {
        assertTrue(error("seed: 1").contains("budget.wall-seconds must be set"));
    }

    @Test
    void theLatentCodeIsNotLargerThanTheInput() {
        RunConfig config = RunConfig.parse(MINIMAL + "space: {latent: 785}\n", "in.yaml");
        InputException e =
                assertThrows(InputException.class, () -> config.space().forSamples(new Shape(1, 28, 28)));
        assertEquals("in.yaml:2:17: space.latent is 785, larger than the input's 784 values", e.getMessage());
    }

    @Test
    void convolutionsNeedImages() {
        RunConfig config = RunConfig.parse(MINIMAL + "space: {family: convolutional, latent: 2}\n", "in.yaml");
        InputException e =
                assertThrows(InputException.class, () -> config.space().forSamples(Shape.vector(3)));
        assertTrue(e.getMessage().contains("in.yaml:2:17: space.family"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            training.epochs     | --set training.epochs: expected key=value
            =3                  | --set =3: expected key=value
            training.epoch=3    | unknown key 'training.epoch'
            seed.x=3            | 'seed' is a value
            seed=a              | --set seed=a: seed must be a whole number, was 'a'
            task.clean.path=c   | --set task.clean.path=c: task.clean is for task.kind denoise alone
            task.loss=          | --set task.loss=: task.loss must be one of mse, binary-cross-entropy, was nothing
            a.=3                | is not a key
            "seed=[1"           | --set seed=[1: not YAML
            """)
    void wrongSettingsAreNamed(String setting, String expected) {
        InputException e = assertThrows(
                InputException.class,
                () -> RunConfig.parse(MINIMAL + "seed: 1\n", "in.yaml", Map.of(), List.of(setting)));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }

    @Test
    void filesThatAreNoneAreNamed(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("missing.yaml");
        assertTrue(fileError(missing).contains(missing + ": no such file"));
        assertTrue(fileError(folder).contains("is a directory"));
        Path empty = Files.createFile(folder.resolve("empty.yaml"));
        assertTrue(fileError(empty).contains("is empty"));
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        assertTrue(fileError(binary).contains("not UTF-8"));
    }

    private static String fileError(Path file) {
        return assertThrows(InputException.class, () -> RunConfig.read(file, Map.of(), List.of()))
                .getMessage();
    }

    @Test
    void anchorsAliasesAndMergeKeysMeanWhatYamlSays() {
        RunConfig config = RunConfig.parse(
                """
                name: &n aliased
                budget: {evaluations: 50}
                space: {units: &u [8, 16], filters: *u, latent: 4}
                evolution: {<<: {population: 12, crossover: 0.25}, crossover: 0.5}
                data: {kind: blobs, <<: [{samples: 300}, {samples: 400, features: 9}]}
                """,
                "in.yaml",
                Map.of("space.units", new RunConfig.Option("--units", "[2, 3]")));
        assertEquals(12, config.evolution().population());
        assertEquals(0.5, config.evolution().rates().crossover());
        String effective = config.effective().yaml();
        for (String line : List.of("samples: 300", "features: 9", "filters: [8, 16]", "units: [2, 3]")) {
            assertTrue(effective.contains("  " + line + "\n"), effective);
        }
        assertTrue(!effective.contains("*") && !effective.contains("&") && !effective.contains("<<"), effective);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "evolution: {<<: 3}|in.yaml:2:17: the merge key '<<' takes keys",
                "evolution: {<<: [{}, 3]}|in.yaml:2:22: the merge key",
                "evolution: {<<: {}, <<: {}}|in.yaml:2:21: the key '<<' stands twice",
                "evolution: {<<: {populaton: 3}}|in.yaml:2:18: unknown key 'evolution.populaton'",
                "evolution: *none|in.yaml:2:12: not YAML: ",
                "evolution: &e {x: *e}|in.yaml:2:12: not an input file: nested too deeply",
                "evolution: {\"<<\": {population: 3}}|in.yaml:2:13: unknown key 'evolution.<<'"
            })
    void whatIsNoMergeIsRefusedWithItsLine(String line, String expected) {
        String message = error(MINIMAL + line + "\n");
        assertTrue(message.startsWith(expected), message);
    }

    /** Each line doubles what the one before stands for. */
    @Test
    void aliasesOfAliasesAreNotWrittenOutWithoutBound() {
        StringBuilder bomb = new StringBuilder(MINIMAL + "a0: &a0 [x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        String message = error(bomb.toString());
        assertTrue(message.contains("not an input file: nested too deeply"), message);
    }
}
