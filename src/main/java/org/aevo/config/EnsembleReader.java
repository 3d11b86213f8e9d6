package org.aevo.config;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.aevo.ensemble.ClassifierSettings;
import org.aevo.ensemble.KeptArrays;
import org.aevo.search.StrategyKind;
import org.aevo.task.Task;

/** Reads the section {@code ensemble}. */
final class EnsembleReader {
    private static final int MOST_MEMBERS = 1000;
    private static final int MANY = 1 << 20;
    /** All of them are in memory. */
    private static final long MOST_TASKS = 1_000_000;

    private static final List<Integer> USUAL = List.of(1, 2, 3, 5, 10, 20, 50, 100);

    private EnsembleReader() {}

    /**
     * What the section says.
     *
     * @param strategy ensemble, or one that makes no use of the section
     */
    static EnsembleInput read(Section s, StrategyKind strategy) {
        List<SeedSource> networks = SeedSource.read(
                s,
                "networks",
                EnsembleInput.NETWORKS,
                "of the members: one for all of them, or one for each; the effective input has their texts");
        int named = SeedSource.count(networks);
        int members = s.integer(
                "members",
                named > 1 ? Math.min(named, MOST_MEMBERS) : 5,
                2,
                MOST_MEMBERS,
                "autoencoders of the ensemble, with different initial weights; by default as many as there are networks, if there are several");
        int epochs = s.integer("epochs", 10, 1, KeptArrays.MOST_EPOCHS, "that each member is trained for, exactly");
        List<Integer> measured = measured(s, "measured-at", "epochs", epochs, "members");
        boolean bootstrap = s.yes(
                "bootstrap",
                false,
                "whether each member is trained on samples drawn from the training samples with replacement, as many as there are");
        int repeats = s.integer("repeats", 3, 1, 1000, "of all of it, each with other seeds");
        List<SeedSource> monolith = SeedSource.read(
                s,
                "monolith",
                EnsembleInput.MONOLITH,
                "of the one autoencoder that is trained for long beside the ensemble: at most one, by default the first member's");
        int monolithEpochs =
                s.integer("monolith-epochs", 100, 1, KeptArrays.MOST_EPOCHS, "that it is trained for, exactly");
        List<Integer> monolithMeasured =
                measured(s, "monolith-measured-at", "monolith-epochs", monolithEpochs, "the monolith");
        ClassifierSettings classifier = new ClassifierSettings(
                s.integer(
                        "classifier-hidden",
                        64,
                        0,
                        MANY,
                        "units of the hidden layer, with rectifiers, of the classifiers of codes; 0 for a softmax alone"),
                s.integer(
                        "classifier-epochs",
                        20,
                        1,
                        MANY,
                        "that classifiers are trained for; the weights of the one with the lowest cross-entropy on validation samples count"),
                s.decimal("classifier-learning-rate", 0.001, 1e-12, 1e6, "of Adam, which trains them"),
                s.integer("classifier-batch-size", 100, 1, MANY, "samples of each of their steps"));
        boolean components = s.yes(
                "components",
                true,
                "whether principal components, as many as the members' codes have values together, feed a classifier too");
        s.end();
        if (strategy == StrategyKind.ENSEMBLE) {
            checkNetworks(s, networks, named, members, monolith);
        }
        EnsembleInput input = new EnsembleInput(
                members,
                networks,
                epochs,
                measured,
                bootstrap,
                repeats,
                monolith,
                monolithEpochs,
                monolithMeasured,
                classifier,
                components);
        if (strategy == StrategyKind.ENSEMBLE && input.tasks() > MOST_TASKS) {
            throw s.error(
                    "repeats",
                    "is " + repeats + ", which with " + members + " members makes " + input.tasks()
                            + " tasks, more than " + MOST_TASKS
                            + ": lower it, ensemble.members, or the number of epochs in ensemble.measured-at");
        }
        return input;
    }

    private static void checkNetworks(
            Section s, List<SeedSource> networks, int named, int members, List<SeedSource> monolith) {
        if (networks.isEmpty()) {
            throw s.error(
                    "networks",
                    "is empty: strategy ensemble trains networks of yours, name a network file (docs/networks.md) or the text of a genome");
        }
        if (named > 1 && named != members) {
            throw s.error(
                    "members",
                    "is " + members + ", but ensemble.networks names " + named
                            + " networks: name one for all members, or one for each");
        }
        if (SeedSource.count(monolith) > 1) {
            throw s.error(
                    "monolith", "names " + SeedSource.count(monolith) + " networks, expected one, or none at all");
        }
    }

    private static List<Integer> measured(Section s, String key, String lastKey, int last, String whose) {
        TreeSet<Integer> usual =
                new TreeSet<>(USUAL.stream().filter(epoch -> epoch <= last).toList());
        usual.add(last);
        List<Integer> given = s.integers(
                key,
                List.copyOf(usual),
                1,
                KeptArrays.MOST_EPOCHS,
                "epochs after which the codes of " + whose
                        + " feed classifiers; by default 1, 2, 3, 5, 10, 20, 50, 100 as far as " + lastKey
                        + " goes, and the last");
        Optional<Integer> beyond = given.stream().filter(epoch -> epoch > last).findFirst();
        if (beyond.isPresent()) {
            throw s.error(
                    key,
                    "has " + beyond.get() + ", but ensemble." + lastKey + " is " + last
                            + ": leave it out, or raise that");
        }
        return List.copyOf(new TreeSet<>(given));
    }

    /**
     * Refuses other sections that an ensemble cannot be made with.
     *
     * @param root of the input
     */
    static void check(Section root, Task task, EvaluatorSettings evaluator, int team, List<SeedSource> seeds) {
        if (task.needsLabels()) {
            throw root.error(
                    "task.kind",
                    "is " + task.kind() + ", but the members of an ensemble are autoencoders: set it to reconstruct");
        }
        if (evaluator instanceof EvaluatorSettings.Simulated) {
            throw root.error(
                    "evaluator.kind",
                    "is simulated, but strategy ensemble classifies what was trained: set it to train");
        }
        if (team > 1) {
            throw root.error(
                    "cluster.team",
                    "is " + team
                            + ", but the members of an ensemble are trained side by side, each by one worker: set it to 1");
        }
        if (!seeds.isEmpty()) {
            throw root.error(
                    SeedSource.KEY, "is not for strategy ensemble: name the networks in " + EnsembleInput.NETWORKS);
        }
    }
}
