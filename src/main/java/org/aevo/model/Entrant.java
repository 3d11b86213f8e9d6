package org.aevo.model;

import java.util.List;
import java.util.Locale;
import org.aevo.baseline.Published;
import org.aevo.baseline.Textbook;
import org.aevo.design.HandmadeNetwork;
import org.aevo.network.Design;
import org.aevo.network.Shape;

/**
 * A network that is trained fully.
 *
 * @param model what it is, for people
 */
public record Entrant(String model, Kind kind, Design design) {
    /** Where an entrant of a table comes from. */
    public enum Kind {
        CANDIDATE,
        RANDOM_SEARCH,
        TEXTBOOK,
        BASELINE,
        NETWORK,
        PCA,
        RIDGE,
        INPUT;

        /** As in files. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A candidate of the run that a model is made of. */
    public static Entrant candidate(long id, Design design) {
        return new Entrant("candidate " + id, Kind.CANDIDATE, design);
    }

    /** The best of a random search. */
    public static Entrant randomSearch(long id, Design design) {
        return new Entrant("random search (its candidate " + id + ")", Kind.RANDOM_SEARCH, design);
    }

    /** A network of a file. */
    public static Entrant network(HandmadeNetwork network) {
        return new Entrant("network " + network.name(), Kind.NETWORK, network);
    }

    /** The published hand-made classifiers of samples of a shape; none of other shapes than that of MNIST. */
    public static List<Entrant> baselines(Shape shape) {
        return Published.baselines(shape).stream()
                .map(network -> new Entrant("published " + network.name(), Kind.BASELINE, network))
                .toList();
    }

    /** The hand-made autoencoders that samples of a shape can have. */
    public static List<Entrant> textbooks(Shape shape, int latent) {
        return Textbook.families(shape).stream()
                .map(family -> new Entrant("textbook, " + family, Kind.TEXTBOOK, Textbook.network(family, latent)))
                .toList();
    }
}
