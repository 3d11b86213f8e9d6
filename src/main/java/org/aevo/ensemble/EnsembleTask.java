package org.aevo.ensemble;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which task of an ensemble run something is. The text form is the operator of its candidate, so that a journal says by itself
 * what was done: {@code joint-classifier:r1:e5}, {@code member:r2:m3}.
 *
 * @param repeat from 1
 * @param member from 1; 0 for what is of no single member
 * @param epoch after which codes are classified, from 1; 0 for trainings of autoencoders and for components
 */
public record EnsembleTask(TaskKind kind, int repeat, int member, int epoch) {
    private static final Pattern TEXT =
            Pattern.compile("([a-z-]+):r([1-9][0-9]{0,8})(?::m([1-9][0-9]{0,8}))?(?::e([1-9][0-9]{0,8}))?");

    public EnsembleTask {
        boolean ofMember = kind == TaskKind.MEMBER || kind == TaskKind.MEMBER_CLASSIFIER;
        boolean ofEpoch = !kind.trainsAutoencoder() && kind != TaskKind.COMPONENTS_CLASSIFIER;
        if (repeat < 1 || member < 0 || epoch < 0 || ofMember != member > 0 || ofEpoch != epoch > 0) {
            throw new IllegalArgumentException(
                    "no " + kind + " is of repeat " + repeat + ", member " + member + ", epoch " + epoch);
        }
    }

    /** The task of a text; empty for a text of anything else, as of candidates of other runs. */
    public static Optional<EnsembleTask> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        for (TaskKind kind : TaskKind.values()) {
            if (kind.toString().equals(matcher.group(1))) {
                try {
                    return Optional.of(
                            new EnsembleTask(kind, number(matcher, 2), number(matcher, 3), number(matcher, 4)));
                } catch (IllegalArgumentException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static int number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Integer.parseInt(matcher.group(group));
    }

    @Override
    public String toString() {
        return kind + ":r" + repeat + (member > 0 ? ":m" + member : "") + (epoch > 0 ? ":e" + epoch : "");
    }
}
