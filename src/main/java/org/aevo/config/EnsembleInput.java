package org.aevo.config;

import java.util.ArrayList;
import java.util.List;
import org.aevo.ensemble.ClassifierSettings;
import org.aevo.ensemble.EnsembleSettings;
import org.aevo.network.Design;

/**
 * What an input says of an ensemble: as {@link EnsembleSettings}, with networks by where they come from.
 *
 * @param members number of autoencoders
 * @param networks where theirs come from: one for all of them, or one for each; empty where the run makes no ensemble
 * @param monolith where that of the monolith comes from, at most one; empty for the first member's
 */
public record EnsembleInput(
        int members,
        List<SeedSource> networks,
        int epochs,
        List<Integer> measuredAt,
        boolean bootstrap,
        int repeats,
        List<SeedSource> monolith,
        int monolithEpochs,
        List<Integer> monolithMeasuredAt,
        ClassifierSettings classifier,
        boolean components) {
    /** Where the input file names the networks of members. */
    public static final String NETWORKS = "ensemble.networks";

    /** Where it names that of the monolith. */
    public static final String MONOLITH = "ensemble.monolith";

    /** Tasks that a run of it has, with its networks or before they are known. */
    public long tasks() {
        long each = 1
                + members
                + (components ? 1 : 0)
                + (long) measuredAt.size() * (2 + members)
                + monolithMeasuredAt.size();
        return repeats * each;
    }

    /**
     * The settings of an input that has its networks written out.
     *
     * @throws InputException if it names files or runs, or no network at all
     */
    public EnsembleSettings settings() {
        List<Design> designs = written(NETWORKS, networks);
        if (designs.isEmpty()) {
            throw new InputException(NETWORKS + " is empty: name the network of the members there");
        }
        List<Design> each = new ArrayList<>();
        for (int member = 0; member < members; member++) {
            each.add(designs.get(designs.size() == 1 ? 0 : member));
        }
        List<Design> alone = written(MONOLITH, monolith);
        return new EnsembleSettings(
                each,
                epochs,
                measuredAt,
                bootstrap,
                repeats,
                alone.isEmpty() ? each.get(0) : alone.get(0),
                monolithEpochs,
                monolithMeasuredAt,
                classifier,
                components);
    }

    private static List<Design> written(String key, List<SeedSource> sources) {
        return SeedSource.designs(key, sources);
    }
}
