package org.aevo.genome;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.StringTokenizer;
import org.aevo.network.EnumText;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Optimizer;

/**
 * The one-line text of a genome, exact both ways: encoder, latent, decoder, training; of a classifier features, head, softmax,
 * training.
 *
 * <pre>
 * conv(16,k3,s1,relu,bn) pool(2) dense(64,tanh,drop0.1) | latent(16) | deconvolution | adam(lr0.001,batch128)
 * conv(16,k3,s1,relu) pool(2) conv(8,k3,s2,elu) skip(0,2) | latent(16) | dense(64,relu) upconv(8,k3,x2,relu,bn) | adam(lr0.001,batch128)
 * conv(32,k3,s1,relu) pool(2) | dense(128,relu,drop0.3) | softmax | keras-rmsprop(lr0.001,batch128)
 * </pre>
 *
 * A decoder that mirrors the encoder is the word that says how it enlarges, a free one has genes. Skips follow the genes of
 * their section, which are counted from 0. {@code bn} and {@code drop} stand only where there is one; a section without
 * genes is {@code -}. The whole grammar is in {@code docs/genome.md}.
 */
public final class GenomeText {
    private static final int MAX_LENGTH = 65_536;
    private static final String EMPTY = "-";
    private static final String SKIP = "skip";
    private static final String LATENT = "latent";
    private static final String SOFTMAX = "softmax";

    private GenomeText() {}

    /** The text of a genome. */
    public static String print(Genome genome) {
        Hyperparameters h = genome.hyperparameters();
        return (genome.classifies() ? classifier(genome) : autoencoder(genome)) + " | " + EnumText.of(h.optimizer())
                + "(lr" + h.learningRate() + ",batch" + h.batchSize() + ")";
    }

    private static String autoencoder(Genome genome) {
        return print(genome.encoder()) + " | " + LATENT + "(" + genome.latent() + ") | "
                + genome.decoder().map(GenomeText::print).orElseGet(() -> EnumText.of(genome.upscaling()));
    }

    private static String classifier(Genome genome) {
        return print(genome.section(Role.FEATURES).orElseThrow()) + " | "
                + print(genome.section(Role.HEAD).orElseThrow()) + " | " + SOFTMAX;
    }

    /** The text of a section: {@code conv(16,k3,s1,relu) pool(2) dense(8,relu) skip(0,2)}. */
    public static String print(Section section) {
        if (section.isEmpty()) {
            return EMPTY;
        }
        StringJoiner words = new StringJoiner(" ");
        section.genes().forEach(gene -> words.add(print(gene)));
        section.skips().forEach(skip -> words.add(skip.toString()));
        return words.toString();
    }

    /** The text of one gene: {@code conv(16,k3,s1,relu)}. */
    public static String print(Gene gene) {
        if (gene instanceof Gene.Convolution c) {
            return "conv(" + c.filters() + ",k" + c.kernel() + ",s" + c.stride() + "," + EnumText.of(c.activation())
                    + (c.batchNormalization() ? ",bn" : "") + ")";
        }
        if (gene instanceof Gene.MaxPooling p) {
            return "pool(" + p.size() + ")";
        }
        if (gene instanceof Gene.Upconvolution u) {
            boolean transposed = u.upscaling() == Upscaling.DECONVOLUTION;
            return (transposed ? "deconv(" : "upconv(") + u.filters() + ",k" + u.kernel() + (transposed ? ",s" : ",x")
                    + u.factor() + "," + EnumText.of(u.activation()) + (u.batchNormalization() ? ",bn" : "") + ")";
        }
        Gene.Dense d = (Gene.Dense) gene;
        return "dense(" + d.units() + "," + EnumText.of(d.activation()) + (d.dropout() > 0 ? ",drop" + d.dropout() : "")
                + ")";
    }

    /**
     * The genome of a text.
     *
     * @throws IllegalArgumentException if it is not the text of a genome; the message quotes the part that is wrong
     */
    public static Genome parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a genome text has at most " + MAX_LENGTH + " characters, this has " + text.length());
        }
        String[] sections = text.split("\\|", -1);
        if (sections.length != 4) {
            throw new IllegalArgumentException(
                    "a genome has four parts (encoder | latent | decoder | optimizer, or features | head | softmax |"
                            + " optimizer), found " + sections.length + " in " + EnumText.quote(text));
        }
        String decoder = sections[2].strip();
        if (decoder.equals(SOFTMAX)) {
            return Genome.classifier(
                    parseSection(Role.FEATURES, sections[0].strip()),
                    parseSection(Role.HEAD, sections[1].strip()),
                    parseTraining(sections[3]));
        }
        boolean free = decoder.equals(EMPTY) || decoder.indexOf('(') >= 0;
        if (!free && !sections[1].strip().startsWith(LATENT)) {
            mustBeDecoder(decoder);
        }
        Section encoder = parseSection(Role.ENCODER, sections[0].strip());
        Arguments latent = Arguments.of(sections[1]);
        latent.mustBeCalled(LATENT);
        int code = latent.integer("");
        latent.end();
        Upscaling upscaling = free ? Upscaling.UPSAMPLING : EnumText.parse(Upscaling.class, decoder);
        Optional<Section> own = free ? Optional.of(parseSection(Role.DECODER, decoder)) : Optional.empty();
        Genome mirrored = new Genome(encoder, code, upscaling, parseTraining(sections[3]));
        return own.map(section -> mirrored.with(Role.DECODER, section)).orElse(mirrored);
    }

    /** Where a code should be and is none, the part behind it says what the text was meant to be. */
    private static void mustBeDecoder(String text) {
        if (Arrays.stream(Upscaling.values()).map(EnumText::of).noneMatch(text::equals)) {
            throw new IllegalArgumentException(EnumText.quote(text) + " is neither " + SOFTMAX
                    + ", in which classifiers end, nor one of " + EnumText.choices(Upscaling.class));
        }
    }

    private static Hyperparameters parseTraining(String text) {
        Arguments training = Arguments.of(text);
        Optimizer optimizer = EnumText.parse(Optimizer.class, training.call);
        Hyperparameters hyperparameters =
                new Hyperparameters(optimizer, training.decimal("lr"), training.integer("batch"));
        training.end();
        return hyperparameters;
    }

    private static Section parseSection(Role role, String text) {
        List<Gene> genes = new ArrayList<>();
        List<Skip> skips = new ArrayList<>();
        if (!text.equals(EMPTY)) {
            for (String word : words(text)) {
                if (word.startsWith(SKIP + "(")) {
                    skips.add(parseSkip(word));
                } else if (skips.isEmpty()) {
                    genes.add(parseGene(word));
                } else {
                    throw new IllegalArgumentException("in " + Places.section(role) + " a gene follows a skip: "
                            + EnumText.quote(word) + "; skips stand behind all genes of their section");
                }
            }
        }
        try {
            return new Section(genes, skips);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("in " + Places.section(role) + " " + e.getMessage(), e);
        }
    }

    private static Skip parseSkip(String text) {
        Arguments a = Arguments.of(text);
        int from = a.integer("");
        int to = a.integer("");
        a.end();
        try {
            return new Skip(from, to);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(EnumText.quote(text) + ": " + e.getMessage(), e);
        }
    }

    /**
     * The gene of a text.
     *
     * @throws IllegalArgumentException if it is not the text of a gene
     */
    public static Gene parseGene(String text) {
        Arguments a = Arguments.of(text);
        Gene gene =
                switch (a.call) {
                    case "conv" ->
                        new Gene.Convolution(
                                a.integer(""), a.integer("k"), a.integer("s"), a.activation(), a.flag("bn"));
                    case "pool" -> new Gene.MaxPooling(a.integer(""));
                    case "upconv" -> upconvolution(a, "x", Upscaling.UPSAMPLING);
                    case "deconv" -> upconvolution(a, "s", Upscaling.DECONVOLUTION);
                    case "dense" ->
                        new Gene.Dense(a.integer(""), a.activation(), a.has("drop") ? a.decimal("drop") : 0);
                    default ->
                        throw new IllegalArgumentException(
                                EnumText.quote(text) + " is no gene: conv, pool, dense, upconv or deconv");
                };
        a.end();
        return gene;
    }

    private static Gene upconvolution(Arguments a, String factor, Upscaling upscaling) {
        return new Gene.Upconvolution(
                a.integer(""), a.integer("k"), a.integer(factor), upscaling, a.activation(), a.flag("bn"));
    }

    /** The parts of a text between whitespace; at least one, if empty. */
    private static List<String> words(String text) {
        if (text.isEmpty()) {
            return List.of(text);
        }
        List<String> words = new ArrayList<>();
        StringTokenizer tokens = new StringTokenizer(text, " \t\n\u000B\f\r");
        while (tokens.hasMoreTokens()) {
            words.add(tokens.nextToken());
        }
        return words;
    }
}
