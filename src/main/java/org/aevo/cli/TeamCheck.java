package org.aevo.cli;

import java.util.Locale;
import java.util.Optional;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.config.SeedSource;
import org.aevo.network.Design;
import org.aevo.network.EnumText;
import org.aevo.search.StrategyKind;
import org.aevo.train.LearningRateRule;

/** Whether a run can have the teams that its input asks for: known before anything is started. */
final class TeamCheck {
    static final String KEY = "cluster.team";
    /** Characters of a design's text that messages have. */
    private static final int LONGEST = 100;

    private TeamCheck() {}

    /**
     * Whether there are enough workers for a team.
     *
     * @throws InputException if there are not
     */
    static void workers(RunConfig config) {
        int team = config.cluster().team();
        int workers = config.cluster().workers();
        if (team > workers) {
            throw new InputException(KEY + " is " + team + ", but there "
                    + (workers == 1 ? "is 1 worker" : "are " + workers + " workers")
                    + " to be of it: lower it, or start more (cluster.workers; of a launcher's ranks all but the first"
                    + " are workers)");
        }
    }

    /**
     * Whether every member of a team has a share of every batch.
     *
     * @param config whose seeds are written out
     * @throws InputException if a batch is too small
     */
    static void batches(RunConfig config, Iterable<Integer> evolving) {
        int team = config.cluster().team();
        if (config.strategy() != StrategyKind.LIST) {
            for (int batch : evolving) {
                require(team, batch, "space.batch-sizes has " + batch, "take that out of space.batch-sizes");
            }
        }
        for (Design design : config.seedDesigns()) {
            int batch = design.hyperparameters().batchSize();
            String text = design.toString();
            String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
            require(team, batch, SeedSource.KEY + ": " + shown + " has batches of " + batch, "give it larger ones");
        }
    }

    private static void require(int team, int batch, String what, String mend) {
        if (batch < team) {
            throw new InputException(what + ", fewer samples than a team has workers (" + KEY + " is " + team
                    + "), of which each takes its share of every batch: lower " + KEY + ", or " + mend);
        }
    }

    /** What to say of a candidate's training outside of a run's teams, where it learned at another rate in them. */
    static Optional<String> otherRate(RunConfig run) {
        int team = run.cluster().team();
        double factor = run.cluster().teamLearningRate().factor(team);
        return factor == 1
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "in the run candidates learned at %.4g times their learning rates (%s %d, cluster.team-learning-rate"
                                + " %s), here at their own",
                        factor,
                        KEY,
                        team,
                        EnumText.of(run.cluster().teamLearningRate())));
    }

    /**
     * Why a run cannot go on with another team; empty if it can: what becomes of candidates does not depend on it, but where
     * learning rates do.
     *
     * @param first as it was started
     */
    static Optional<String> sameRates(RunConfig first, RunConfig now) {
        LearningRateRule before = first.cluster().teamLearningRate();
        LearningRateRule after = now.cluster().teamLearningRate();
        double was = before.factor(first.cluster().team());
        double is = after.factor(now.cluster().team());
        return was == is
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "learning rates were multiplied by %.4g (%s %d, cluster.team-learning-rate %s), would be by %.4g (%d, %s)",
                        was,
                        KEY,
                        first.cluster().team(),
                        EnumText.of(before),
                        is,
                        now.cluster().team(),
                        EnumText.of(after)));
    }
}
