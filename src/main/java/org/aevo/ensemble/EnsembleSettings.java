package org.aevo.ensemble;

import java.util.List;
import java.util.stream.IntStream;
import org.aevo.network.Design;

/**
 * What an ensemble run does.
 *
 * @param networks of the members, one for each, which may all be the same: at least two; without seeds of their own
 * @param epochs that each member is trained for, exactly
 * @param measuredAt epochs after which codes of members are classified: ascending, from 1 to {@code epochs}, at least one
 * @param bootstrap whether each member is trained on as many samples as there are, drawn from them with replacement
 * @param repeats how often all of it is done, each time with other seeds
 * @param monolith the network that is trained for long, to be held against them; without a seed of its own
 * @param monolithEpochs that it is trained for, exactly
 * @param monolithMeasuredAt epochs after which its codes are classified: as {@code measuredAt}
 * @param classifier what codes feed
 * @param components whether principal components, as many as the members' codes have values together, feed one too
 */
public record EnsembleSettings(
        List<Design> networks,
        int epochs,
        List<Integer> measuredAt,
        boolean bootstrap,
        int repeats,
        Design monolith,
        int monolithEpochs,
        List<Integer> monolithMeasuredAt,
        ClassifierSettings classifier,
        boolean components) {

    public EnsembleSettings {
        networks = networks.stream().map(Design::withoutSeed).toList();
        measuredAt = List.copyOf(measuredAt);
        monolith = monolith.withoutSeed();
        monolithMeasuredAt = List.copyOf(monolithMeasuredAt);
        if (networks.size() < 2) {
            throw new IllegalArgumentException("an ensemble has at least 2 members, there are " + networks.size());
        }
        if (repeats < 1) {
            throw new IllegalArgumentException("repeats must be at least 1, were " + repeats);
        }
        requireWithin("measured", measuredAt, epochs);
        requireWithin("measured of the monolith", monolithMeasuredAt, monolithEpochs);
    }

    /** Number of members. */
    public int members() {
        return networks.size();
    }

    /** The epochs from 1 to a last one. */
    public static List<Integer> all(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    private static void requireWithin(String what, List<Integer> measured, int epochs) {
        int before = 0;
        for (int epoch : measured) {
            if (epoch <= before || epoch > epochs) {
                throw new IllegalArgumentException(
                        "epochs " + what + " must ascend from 1 to " + epochs + ", were " + measured);
            }
            before = epoch;
        }
        if (measured.isEmpty()) {
            throw new IllegalArgumentException("epochs " + what + " must be at least one");
        }
    }
}
