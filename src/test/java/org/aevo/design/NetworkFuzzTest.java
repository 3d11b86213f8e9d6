package org.aevo.design;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.aevo.fuzz.Fuzz;
import org.aevo.fuzz.Mutations;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Shape;
import org.aevo.yaml.YamlException;
import org.junit.jupiter.api.Test;

/** The reader of network files takes any file or says in one line why not, and so does what makes a network of it. */
class NetworkFuzzTest {
    private static final List<byte[]> VALID = Stream.of(
                    """
                    optimizer: adam
                    learning-rate: 0.001
                    latent: code
                    layers:
                      - {kind: conv, name: a, filters: 4, kernel: 3, stride: 2, activation: relu}
                      - kind: pool
                        size: 2
                      - {kind: dense, name: code, output: [16]}
                      - {kind: dense, units: 16, dropout: 0.5}
                      - {kind: reshape, to: [4, 2, 2]}
                      - {kind: upsample, factor: 2}
                      - {kind: crop, name: cut, like: a}
                      - {kind: add, inputs: [cut, a]}
                      - {kind: deconv, like: input, stride: 2, batch-normalization: true}
                    """,
                    "layers: [{kind: dense, units: 9}, {kind: dense, name: latent}, {kind: dense, like: input}, {kind: reshape, like: input}]",
                    "{name: x, input: [1, 8, 8], batch-size: 3, seed: -5, layers: [{kind: dense, name: latent, units: 1}, {kind: dense, units: 64}, {kind: reshape, to: [1, 8, 8]}]}")
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();

    private static final List<String> WORDS = List.of(
            "&a ",
            "*a",
            "&a [*a]",
            "<<: *a",
            "? ",
            "{",
            "}",
            "[",
            "]",
            "- ",
            ": ",
            ",",
            "---\n",
            "'",
            "\0",
            "~",
            "true",
            "input",
            "code",
            "latent",
            "inputs: [input, a]",
            "inputs: [code]",
            "like: a",
            "kind: ",
            "dense",
            "conv",
            "deconv",
            "add",
            "crop",
            "reshape",
            "upsample",
            "units: 1048576",
            "filters: 1048576",
            "output: [1, 1, 1]",
            "to: [1048576, 1048576, 1048576]",
            "1e999",
            "-0.0",
            "0",
            "7");

    @Test
    void anyFile() throws Exception {
        Path file = Fuzz.file("network");
        new Fuzz("network", YamlException.class, 3_000_000, 3000, VALID)
                .run((random, input, other) -> Mutations.text(random, input, other, WORDS), input -> {
                    Files.write(file, input);
                    NetworkFile read = NetworkFile.read(file);
                    HandmadeNetwork network = read.network();
                    assertEquals(network, Designs.parse(network.toString()));
                    assertEquals(
                            network,
                            NetworkFile.parse(NetworkText.file(network), "again")
                                    .network());
                    Blueprint blueprint = read.autoencoder(new Shape(1, 8, 8), 16, Activation.SIGMOID);
                    return blueprint.nodes().size() + " layers";
                });
    }
}
