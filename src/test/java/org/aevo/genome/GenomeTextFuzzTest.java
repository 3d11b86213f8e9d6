package org.aevo.genome;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.aevo.fuzz.Fuzz;
import org.aevo.fuzz.Mutations;
import org.junit.jupiter.api.Test;

/** The genome parser takes any text or says in one line why not. */
class GenomeTextFuzzTest {
    private static final List<byte[]> VALID = Stream.of(
                    "- | latent(2) | upsampling | nesterov(lr1.0E-5,batch1)",
                    "conv(16,k3,s1,relu,bn) pool(2) dense(64,tanh,drop0.1) | latent(16) | deconvolution | adam(lr0.001,batch128)",
                    "conv(2147483647,k7,s2,leaky-relu) pool(3) pool(2) | latent(1) | upsampling | rmsprop(lr4.9E-324,batch2147483647)",
                    "conv(16,k3,s1,relu) pool(2) conv(8,k3,s2,elu) skip(0,2) | latent(16) | dense(64,relu) upconv(8,k3,x2,elu,bn) deconv(4,k2,s2,tanh) skip(0,2) | adam(lr0.001,batch128)",
                    "conv(32,k3,s1,relu,bn) pool(2) conv(8,k3,s2,identity) skip(0,2) | dense(128,hard-sigmoid,drop0.3) | softmax | keras-rmsprop(lr0.001,batch128)",
                    "- | - | softmax | momentum(lr0.1,batch1)",
                    "dense(1,relu) | latent(2) | - | nesterov(lr0.1,batch1)",
                    "dense(1,swish) dense(2,elu,drop0.5) dense(3,sigmoid) | latent(9) | upsampling | adam(lr1,batch7)")
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();

    private static final List<String> WORDS = List.of(
            "conv(",
            "pool(2)",
            "dense(8,relu)",
            "skip(0,2)",
            "skip(",
            "upconv(",
            "deconv(",
            "x",
            "latent(3)",
            "|",
            " | ",
            "-",
            ")",
            "(",
            ",",
            "k",
            "s",
            "bn",
            "drop",
            "lr",
            "batch",
            "relu",
            "swish",
            "upsampling",
            "deconvolution",
            "adam",
            "softmax",
            "keras-rmsprop(",
            "0",
            "-1",
            "1e-400",
            "1e400",
            "NaN",
            "0x1p3",
            "00001",
            "+1",
            "\t",
            "\u00a0",
            "\u0661",
            "\0",
            "\ud83e\udd16");

    @Test
    void anyText() throws Exception {
        new Fuzz("genome", IllegalArgumentException.class, 100_000, 200, VALID)
                .run((random, input, other) -> Mutations.text(random, input, other, WORDS), input -> {
                    Genome genome = GenomeText.parse(Fuzz.text(input));
                    assertEquals(genome, GenomeText.parse(GenomeText.print(genome)));
                    return (genome.classifies() ? "classifier " : "")
                            + genome.sections().values().stream()
                                    .map(Section::size)
                                    .toList() + " genes";
                });
    }
}
