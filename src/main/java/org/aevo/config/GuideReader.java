package org.aevo.config;

import org.aevo.network.EnumText;
import org.aevo.search.GuideKind;
import org.aevo.search.StrategyKind;

/** Reads what guides a search, and what it begins with. */
final class GuideReader {
    static final String GUIDE = "guide";
    static final String USUAL_FIRST = "usual-first";

    private GuideReader() {}

    /**
     * Reads the guide.
     *
     * @param evolution the section
     * @param root of the input
     * @throws InputException if a search is to be guided that cannot be
     */
    static GuideKind guide(Section evolution, Section root, StrategyKind strategy) {
        boolean genetic = strategy == StrategyKind.GENETIC;
        GuideKind guide = evolution.choice(
                GUIDE,
                genetic && !simulated(root) ? GuideKind.SURROGATE : GuideKind.NONE,
                "what chooses among children that could be made: none, the first new one is evaluated; surrogate, the one that a"
                        + " model of all evaluations so far promises most of (docs/strategies.md); strategy genetic only, and there by"
                        + " default if evaluations are real");
        if (guide != GuideKind.NONE && !genetic) {
            throw evolution.error(
                    GUIDE,
                    "is " + EnumText.of(guide) + ", but candidates of strategy " + EnumText.of(strategy)
                            + " are not chosen among children of a population by one fitness; set it to none, or strategy to genetic");
        }
        return guide;
    }

    /** Reads whether a search without seeds begins with what is usual. */
    static boolean usualFirst(Section evolution, Section root, StrategyKind strategy, boolean seeded) {
        return evolution.yes(
                USUAL_FIRST,
                strategy == StrategyKind.GENETIC && !simulated(root) && !seeded,
                "whether the first candidate is a network as people would try first (two hidden layers, ReLU, Adam with a learning rate"
                        + " of 0.001; docs/strategies.md) and no random one; of no meaning with evolution.seeds; by default yes with"
                        + " strategy genetic, if evaluations are real");
    }

    private static boolean simulated(Section root) {
        return EvaluatorReader.read(root.ahead("evaluator")) instanceof EvaluatorSettings.Simulated;
    }
}
