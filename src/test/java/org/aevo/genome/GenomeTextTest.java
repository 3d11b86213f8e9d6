package org.aevo.genome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.aevo.network.Activation;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Optimizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenomeTextTest {
    private static final String TEXT =
            "conv(16,k3,s1,leaky-relu,bn) pool(2) dense(128,elu,drop0.1) | latent(16) | deconvolution | adam(lr0.001,batch128)";

    @Test
    void oneExampleBothWays() {
        Genome genome = new Genome(
                List.of(
                        new Gene.Convolution(16, 3, 1, Activation.LEAKY_RELU, true),
                        new Gene.MaxPooling(2),
                        new Gene.Dense(128, Activation.ELU, 0.1)),
                16,
                Upscaling.DECONVOLUTION,
                new Hyperparameters(Optimizer.ADAM, 0.001, 128));
        assertEquals(TEXT, GenomeText.print(genome));
        assertEquals(genome, GenomeText.parse(TEXT));
    }

    private static final String CLASSIFIER =
            "conv(32,k3,s1,relu,bn) pool(2) conv(8,k3,s2,identity) skip(0,2) | dense(128,hard-sigmoid,drop0.3) | softmax | keras-rmsprop(lr0.001,batch128)";
    private static final String PARTS =
            "conv(16,k3,s1,relu) pool(2) conv(8,k3,s2,elu) skip(0,2) | latent(16) | dense(64,relu) upconv(8,k3,x2,elu,bn) deconv(4,k2,s2,tanh) skip(0,2) | adam(lr0.001,batch128)";

    @Test
    void freeDecodersAndSkipsBothWays() {
        Genome genome = new Genome(
                        new Section(
                                List.of(
                                        new Gene.Convolution(16, 3, 1, Activation.RELU, false),
                                        new Gene.MaxPooling(2),
                                        new Gene.Convolution(8, 3, 2, Activation.ELU, false)),
                                List.of(new Skip(0, 2))),
                        16,
                        Upscaling.DECONVOLUTION,
                        new Hyperparameters(Optimizer.ADAM, 0.001, 128))
                .with(
                        Role.DECODER,
                        new Section(
                                List.of(
                                        new Gene.Dense(64, Activation.RELU, 0),
                                        new Gene.Upconvolution(8, 3, 2, Upscaling.UPSAMPLING, Activation.ELU, true),
                                        new Gene.Upconvolution(
                                                4, 2, 2, Upscaling.DECONVOLUTION, Activation.TANH, false)),
                                List.of(new Skip(0, 2))));
        assertEquals(PARTS, GenomeText.print(genome));
        assertEquals(genome, GenomeText.parse(PARTS));
    }

    @Test
    void whatEnlargesNothingIsOneGeneHoweverItIsWritten() {
        assertEquals("upconv(4,k3,x1,relu)", GenomeText.print(GenomeText.parseGene("deconv(4,k3,s1,relu)")));
    }

    @Test
    void anEmptyFreeDecoderIsNotAMirroredOne() {
        String text = "dense(8,relu) | latent(2) | - | adam(lr0.001,batch128)";
        Genome genome = GenomeText.parse(text);
        assertEquals(Optional.of(Section.of(List.of())), genome.decoder());
        assertEquals(text, GenomeText.print(genome));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "elu) skip(0,2) | ; elu) skip(0,3) | ; in the encoder skip(0,3) leads to gene 3, there are 3, counted from 0",
                "tanh) skip(0,2) ; tanh) skip(0,2) skip(0,2) ; in the decoder skip(0,2) stands twice",
                "tanh) skip(0,2) ; tanh) skip(1,2) ; 'skip(1,2)': a skip leads from a gene to one at least two behind it, not from 1 to 2",
                "tanh) skip(0,2) ; tanh) skip(0) ; 'skip(0)' ends early",
                "tanh) skip(0,2) ; tanh) skip(0,2,4) ; '4' is not understood in 'skip(0,2,4)'",
                "tanh) skip(0,2) ; tanh) skip(0,2) dense(4,relu) ; in the decoder a gene follows a skip: 'dense(4,relu)'",
                "pool(2) ; upconv(8,k3,x2,elu) ; gene 1 is upconv(8,k3,x2,elu), which is of a decoder",
                "dense(64,relu) ; pool(2) ; decoder gene 0 is pool(2), which is of an encoder",
                "k3,x2,elu ; k3,s2,elu ; lacks 'x'",
                "k2,s2,tanh ; k2,s0,tanh ; factor must be at least 1, was 0"
            })
    void errorsOfSectionsSayWhere(String part, String replacement, String message) {
        assertTrue(PARTS.contains(part), part);
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> GenomeText.parse(PARTS.replace(part, replacement)));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void classifiers() {
        Genome genome = GenomeText.parse(CLASSIFIER);
        assertTrue(genome.classifies());
        assertEquals(0, genome.latent());
        assertEquals(Upscaling.UPSAMPLING, genome.upscaling());
        assertEquals(
                Genome.classifier(
                        new Section(
                                List.of(
                                        new Gene.Convolution(32, 3, 1, Activation.RELU, true),
                                        new Gene.MaxPooling(2),
                                        new Gene.Convolution(8, 3, 2, Activation.IDENTITY, false)),
                                List.of(new Skip(0, 2))),
                        Section.of(List.of(new Gene.Dense(128, Activation.HARD_SIGMOID, 0.3))),
                        new Hyperparameters(Optimizer.KERAS_RMSPROP, 0.001, 128)),
                genome);
        assertEquals(CLASSIFIER, GenomeText.print(genome));
        String linear = "- | - | softmax | momentum(lr0.1,batch1)";
        assertEquals(linear, GenomeText.print(GenomeText.parse(linear)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "pool(2) ; dense(4,relu) ; features gene 1 is dense(4,relu), which is of a head",
                "dense(128 ; pool(2) dense(128 ; head gene 0 is pool(2), which is of features",
                "pool(2) ; upconv(4,k3,x2,relu) ; features gene 1 is upconv(4,k3,x2,relu), which is of a decoder",
                "hard-sigmoid ; softmax ; 'softmax' is not one of relu, leaky-relu, elu, swish, tanh, sigmoid, identity, hard-sigmoid",
                "| softmax ; | softmin ; 'softmin' is neither softmax, in which classifiers end, nor one of upsampling, deconvolution",
                "| softmax ; | upsampling ; expected latent(...), found 'dense(128,hard-sigmoid,drop0.3)'",
                "dense(128,hard-sigmoid,drop0.3) ; latent(3) ; 'latent(3)' is no gene",
                "skip(0,2) ; skip(0,3) ; in the features skip(0,3) leads to gene 3, there are 3",
                "drop0.3) ; drop0.3) skip(0,2) ; in the head skip(0,2) leads to gene 2, there are 1",
                "keras-rmsprop ; keras ; 'keras' is not one of adam, rmsprop, nesterov, keras-rmsprop, momentum",
                "| softmax ; \"\" ; a genome has four parts (encoder | latent | decoder | optimizer, or features | head | softmax | optimizer), found 3"
            })
    void errorsOfClassifiersQuoteWhatIsWrong(String part, String replacement, String message) {
        assertTrue(CLASSIFIER.contains(part), part);
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> GenomeText.parse(CLASSIFIER.replace(part, replacement)));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Property(tries = 500, seed = "20")
    void everyGenomeComesBack(@ForAll("genomes") Genome genome) {
        String text = GenomeText.print(genome);
        assertTrue(text.indexOf('\n') < 0);
        assertEquals(genome, GenomeText.parse(text));
    }

    @Property(tries = 500, seed = "20")
    void damagedTextsAreRefusedOrMeanWhatTheyPrint(
            @ForAll("genomes") Genome genome, @ForAll int place, @ForAll char replacement) {
        StringBuilder text = new StringBuilder(GenomeText.print(genome));
        text.setCharAt(Math.floorMod(place, text.length()), replacement);
        try {
            Genome other = GenomeText.parse(text.toString());
            assertEquals(other, GenomeText.parse(GenomeText.print(other)));
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage() != null && !e.getMessage().contains("\n"), e.getMessage());
        }
    }

    @Property(tries = 300, seed = "21")
    void anyTextIsRefusedInOneLine(@ForAll String text) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> GenomeText.parse(text));
        assertTrue(e.getMessage().indexOf('\n') < 0 && e.getMessage().length() < 400, e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "k3,s1,leaky-relu,bn ; k3,s1,leaky-relu,batch ; 'batch' is not understood",
                ",s1,leaky-relu,bn ; \"\" ; ends early or lacks 's'",
                "conv(16 ; conv(x16 ; 'x16' is not a whole number",
                "conv(16 ; conv(0 ; filters must be at least 1, was 0",
                "conv(16 ; conv(99999999999 ; '99999999999' is too large",
                "pool(2) ; pool(1) ; size must be at least 2, was 1",
                "pool(2) ; pool ; 'pool' is not of the form name(value,...)",
                "pool(2) ; flip(2) ; 'flip(2)' is no gene",
                "leaky-relu ; softmax ; 'softmax' is not one of relu, leaky-relu",
                "drop0.1 ; drop1.5 ; dropout must be in [0, 1), was 1.5",
                "drop0.1 ; dropNaN ; 'NaN' is not a number",
                "latent(16) ; code(16) ; expected latent(...)",
                "latent(16) ; latent(-1) ; latent must be at least 1, was -1",
                "deconvolution ; unpooling ; 'unpooling' is not one of upsampling, deconvolution",
                "adam ; sgd ; 'sgd' is not one of adam, rmsprop, nesterov",
                "lr0.001 ; lr0x1p3 ; '0x1p3' is not a number",
                "lr0.001 ; lr1e999 ; learning rate must be positive, was Infinity",
                "lr0.001 ; lr0 ; learning rate must be positive, was 0.0",
                "batch128 ; batch0 ; batch size must be at least 1, was 0",
                "batch128) ; batch128,x) ; 'x' is not understood",
                "| deconvolution ; \"\" ; a genome has four parts"
            })
    void errorsQuoteWhatIsWrong(String part, String replacement, String message) {
        assertTrue(TEXT.contains(part), part);
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> GenomeText.parse(TEXT.replace(part, replacement)));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void endlessTextsAreRefusedAtOnce() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> GenomeText.parse("x".repeat(1_000_000)));
        assertTrue(e.getMessage().contains("at most 65536 characters, this has 1000000"), e.getMessage());
    }

    @Provide
    static Arbitrary<Genome> genomes() {
        return AnyGenome.arbitrary();
    }
}
