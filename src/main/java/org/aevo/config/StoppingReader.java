package org.aevo.config;

import java.util.List;
import org.aevo.network.EnumText;
import org.aevo.search.Mode;
import org.aevo.search.StrategyKind;
import org.aevo.stopping.Rungs;
import org.aevo.stopping.StoppingKind;
import org.aevo.stopping.StoppingSettings;

/** Reads what ends trainings that do badly. */
final class StoppingReader {
    private static final String STOPPING = "stopping";
    private static final String RUNGS = "rungs";

    /** More than any training has epochs for at a reduction of 2. */
    private static final int MOST_RUNGS = 40;

    private StoppingReader() {}

    /**
     * @param training the section
     * @param epochs of a whole training
     */
    static StoppingSettings read(Section training, int epochs) {
        StoppingKind kind = training.choice(
                STOPPING,
                StoppingKind.NONE,
                "what ends trainings that do badly beside others after as many epochs (docs/stopping.md): none; halving, asynchronous"
                        + " successive halving; median, the median rule. 'aevo predict DIR --stopping' says what a rule would have saved"
                        + " in a finished run, and whether its best would have survived");
        double reduction = training.decimal(
                "reduction",
                StoppingSettings.REDUCTION,
                1.01,
                1000,
                "halving: of so many evaluations that reach a rung one goes on; of both rules, how far default rungs are apart");
        List<Integer> rungs = training.countOrList(
                RUNGS,
                MOST_RUNGS,
                1_000_000_000,
                "epochs after which trainings are judged, ascending and below training.epochs; or how many there are, at"
                        + " epochs/reduction, epochs/reduction^2 and so on; none for as many as there are",
                count -> Rungs.geometric(epochs, reduction, count));
        if (kind == StoppingKind.NONE) {
            return StoppingSettings.NONE;
        }
        if (rungs.isEmpty()) {
            throw training.error(
                    RUNGS,
                    "has no epoch below the " + epochs
                            + " of training.epochs: name some, or raise training.epochs, or set"
                            + " training.stopping to none");
        }
        for (int i = 0; i < rungs.size(); i++) {
            if (rungs.get(i) >= epochs || i > 0 && rungs.get(i) <= rungs.get(i - 1)) {
                throw training.error(
                        RUNGS, "must be ascending epochs below the " + epochs + " of training.epochs, was " + rungs);
            }
        }
        return new StoppingSettings(kind, rungs, reduction);
    }

    /**
     * Refuses what does not go together.
     *
     * @param folds of a cross-validation
     * @throws InputException if trainings cannot be judged that way
     */
    static void check(Section root, StoppingSettings stopping, Mode mode, StrategyKind strategy, int folds) {
        if (stopping.kind() == StoppingKind.NONE) {
            return;
        }
        Section training = root.ahead("training");
        String is = "is " + EnumText.of(stopping.kind());
        if (strategy == StrategyKind.LIST || strategy == StrategyKind.ENSEMBLE) {
            throw training.error(
                    STOPPING,
                    is + ", but strategy " + EnumText.of(strategy)
                            + " trains what it is given to the end: set it to none");
        }
        if (mode == Mode.SYNC && !strategy.hasGenerations()) {
            throw training.error(
                    STOPPING,
                    is
                            + ", but a synchronous search without generations would depend on who is first: set mode: async, or"
                            + " training.stopping to none");
        }
        if (folds > 1) {
            throw training.error(
                    STOPPING,
                    is + ", but with task.folds " + folds
                            + " each candidate is trained several times: set it to none, or task.folds to 1");
        }
    }
}
