package org.aevo.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.aevo.fuzz.Fuzz;
import org.aevo.fuzz.Mutations;
import org.junit.jupiter.api.Test;

/** The reader of input files takes any file or says in one line why not. */
class InputFuzzTest {
    private static final List<String> WORDS = List.of(
            "&a ",
            "*a",
            "&a [*a]",
            "<<: *a",
            "!!binary ",
            "!!float ",
            "!x ",
            "? ",
            "| ",
            "> ",
            "|+9\n",
            "{",
            "}",
            "[",
            "]",
            "[[",
            "{a: ",
            "- ",
            ": ",
            ",",
            "\t",
            "---\n",
            "...\n",
            "%YAML 1.2\n",
            "# ",
            "'",
            "\"",
            "\\",
            "\"\\x0",
            "\\ud800",
            "~",
            "null",
            "none",
            "true",
            "yes",
            ".inf",
            ".nan",
            "0x1F",
            "0o17",
            "1_000",
            "1e999",
            "-0.0",
            "\uFEFF",
            "\0",
            "\u2028",
            "\ud83e\udd16",
            "evaluations: 3\n",
            "budget: {evaluations: 6}\n",
            "space:\n",
            "kind: simulated\n",
            "sync",
            "random",
            "dense",
            "fashion-mnist",
            "seed: ",
            "name: ",
            "data: {kind: swiss-roll}\n");

    private static List<byte[]> valid() throws IOException {
        List<byte[]> valid = new ArrayList<>();
        try (Stream<Path> inputs = Files.list(Path.of("inputs"))) {
            for (Path input :
                    inputs.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                valid.add(Files.readAllBytes(input));
            }
        }
        valid.add(
                """
                seed: 3
                budget: {evaluations: 6, wall-seconds: 1.5, target-fitness: none}
                evolution: {population: 6, tournament: 2}
                space: {family: mixed, latent: 8, units: [4, 16]}
                evaluator: {kind: simulated, distribution: constant, shape: [1, 8, 8]}
                """
                        .getBytes());
        return valid;
    }

    @Test
    void anyFile() throws Exception {
        Path file = Fuzz.file("input");
        new Fuzz("input", InputException.class, 3_000_000, 3000, valid())
                .run((random, input, other) -> Mutations.text(random, input, other, WORDS), input -> {
                    Files.write(file, input);
                    RunConfig config = RunConfig.read(file, Map.of(), List.of());
                    String effective = config.effective().yaml();
                    assertEquals(
                            effective,
                            RunConfig.parse(effective, "effective").effective().yaml());
                    return config.strategy() + " " + config.mode() + " " + config.simulated();
                });
    }
}
