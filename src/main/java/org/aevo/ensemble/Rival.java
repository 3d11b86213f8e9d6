package org.aevo.ensemble;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an ensemble run holds against each other: ways from samples to classes. Their texts stand in files: none may change. */
public enum Rival {
    /** One classifier of the codes of all members, one behind the other. */
    JOINT_CODE("joint code"),
    /** What most of the members' classifiers tell. */
    MAJORITY_VOTE("vote by majority"),
    /** What the mean of their probabilities tells. */
    PROBABILITY_VOTE("vote by mean probability"),
    /** The member that is best on validation samples, whatever it is on others. */
    BEST_MEMBER("best member"),
    /** The mean of what each member reaches alone. */
    MEAN_MEMBER("member, mean"),
    /** One autoencoder that is trained for long. */
    MONOLITH("monolith"),
    /** Principal components, as many as the joint code has values. */
    PRINCIPAL_COMPONENTS("principal components");

    private final String title;

    Rival(String title) {
        this.title = title;
    }

    /** What people call it. */
    public String title() {
        return title;
    }

    /** {@code joint-code}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one of a text; empty if this program knows none. */
    public static Optional<Rival> parse(String text) {
        return Arrays.stream(values())
                .filter(rival -> rival.toString().equals(text))
                .findFirst();
    }
}
