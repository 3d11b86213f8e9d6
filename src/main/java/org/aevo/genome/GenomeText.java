package org.aevo.genome;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import java.util.regex.Pattern;
import org.aevo.network.Activation;
import org.aevo.network.EnumText;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Optimizer;

/**
 * The one-line text of a genome, exact both ways:
 *
 * <pre>
 * conv(16,k3,s1,relu,bn) pool(2) dense(64,tanh,drop0.1) | latent(16) | deconvolution | adam(lr0.001,batch128)
 * </pre>
 *
 * {@code bn} and {@code drop} stand only where there is one; an encoder without genes is {@code -}.
 */
public final class GenomeText {
    private static final int MAX_LENGTH = 65_536;
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final String EMPTY = "-";

    private GenomeText() {}

    /** The text of a genome. */
    public static String print(Genome genome) {
        StringBuilder text = new StringBuilder();
        for (Gene gene : genome.encoder()) {
            text.append(print(gene)).append(' ');
        }
        if (genome.encoder().isEmpty()) {
            text.append(EMPTY).append(' ');
        }
        Hyperparameters h = genome.hyperparameters();
        return text.append("| latent(")
                .append(genome.latent())
                .append(") | ")
                .append(EnumText.of(genome.upscaling()))
                .append(" | ")
                .append(EnumText.of(h.optimizer()))
                .append("(lr")
                .append(h.learningRate())
                .append(",batch")
                .append(h.batchSize())
                .append(')')
                .toString();
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
                    "a genome has four parts (encoder | latent | upscaling | optimizer), found " + sections.length
                            + " in " + EnumText.quote(text));
        }
        List<Gene> genes = new ArrayList<>();
        String encoder = sections[0].strip();
        if (!encoder.equals(EMPTY)) {
            for (String gene : words(encoder)) {
                genes.add(parseGene(gene));
            }
        }
        Arguments latent = Arguments.of(sections[1]);
        latent.mustBeCalled("latent");
        int code = latent.integer("");
        latent.end();
        Upscaling upscaling = EnumText.parse(Upscaling.class, sections[2].strip());
        Arguments training = Arguments.of(sections[3]);
        Optimizer optimizer = EnumText.parse(Optimizer.class, training.call);
        Hyperparameters hyperparameters =
                new Hyperparameters(optimizer, training.decimal("lr"), training.integer("batch"));
        training.end();
        return new Genome(genes, code, upscaling, hyperparameters);
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
                    case "dense" ->
                        new Gene.Dense(a.integer(""), a.activation(), a.has("drop") ? a.decimal("drop") : 0);
                    default ->
                        throw new IllegalArgumentException(EnumText.quote(text) + " is no gene: conv, pool or dense");
                };
        a.end();
        return gene;
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

    /** The arguments of {@code call(a,b,c)}, taken one after the other. */
    private static final class Arguments {
        final String text;
        final String call;
        private final String[] values;
        private int next;

        private Arguments(String text, String call, String[] values) {
            this.text = text;
            this.call = call;
            this.values = values;
        }

        static Arguments of(String text) {
            String call = text.strip();
            int name = 0;
            while (name < call.length() && call.charAt(name) >= 'a' && call.charAt(name) <= 'z') {
                name++;
            }
            boolean good = name > 0
                    && call.indexOf('(') == name
                    && call.lastIndexOf('(') == name
                    && call.indexOf(')') == call.length() - 1;
            if (!good) {
                throw new IllegalArgumentException(EnumText.quote(call) + " is not of the form name(value,...)");
            }
            String values = call.substring(name + 1, call.length() - 1);
            return new Arguments(call, call.substring(0, name), values.split(",", -1));
        }

        void mustBeCalled(String name) {
            if (!call.equals(name)) {
                throw new IllegalArgumentException("expected " + name + "(...), found " + EnumText.quote(text));
            }
        }

        boolean has(String prefix) {
            return next < values.length && values[next].startsWith(prefix);
        }

        int integer(String prefix) {
            String digits = take(prefix);
            try {
                if (isInteger(digits)) {
                    return Integer.parseInt(digits);
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        EnumText.quote(digits) + " is too large in " + EnumText.quote(text), e);
            }
            throw new IllegalArgumentException(
                    EnumText.quote(digits) + " is not a whole number in " + EnumText.quote(text));
        }

        /** Integer.parseInt alone also takes a plus and the digits of other scripts. */
        private static boolean isInteger(String text) {
            int start = text.startsWith("-") ? 1 : 0;
            for (int i = start; i < text.length(); i++) {
                if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                    return false;
                }
            }
            return text.length() > start;
        }

        /** Digits, a point, digits: what most are, without a regular expression. */
        private static boolean isPlainDecimal(String text) {
            int point = text.indexOf('.');
            boolean good = point > 0 && point < text.length() - 1;
            for (int i = 0; good && i < text.length(); i++) {
                good = i == point || text.charAt(i) >= '0' && text.charAt(i) <= '9';
            }
            return good;
        }

        double decimal(String prefix) {
            String digits = take(prefix);
            // Double.parseDouble alone also takes NaN, 0x1p3 and 1d.
            if (!isPlainDecimal(digits) && !DECIMAL.matcher(digits).matches()) {
                throw new IllegalArgumentException(
                        EnumText.quote(digits) + " is not a number in " + EnumText.quote(text));
            }
            return Double.parseDouble(digits);
        }

        Activation activation() {
            return EnumText.parse(Activation.class, take(""));
        }

        boolean flag(String name) {
            if (next < values.length && values[next].equals(name)) {
                next++;
                return true;
            }
            return false;
        }

        void end() {
            if (next < values.length) {
                throw new IllegalArgumentException(
                        EnumText.quote(values[next]) + " is not understood in " + EnumText.quote(text));
            }
        }

        private String take(String prefix) {
            if (!has(prefix)) {
                throw new IllegalArgumentException(EnumText.quote(text) + " ends early or lacks "
                        + (prefix.isEmpty() ? "a value" : "'" + prefix + "'"));
            }
            return values[next++].substring(prefix.length());
        }
    }
}
