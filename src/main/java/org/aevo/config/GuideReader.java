package org.aevo.config;

import org.aevo.search.GuideKind;
import org.aevo.search.GuideSettings;
import org.aevo.search.Mode;
import org.aevo.search.ParentsKind;
import org.aevo.search.StrategyKind;

/** Reads what guides a search, and what it begins with. */
final class GuideReader {
    static final String GUIDE = "guide";
    static final String USUAL_FIRST = "usual-first";
    static final String PARENTS = "parents";
    static final String COST_WEIGHT = "cost-weight";

    private GuideReader() {}

    /**
     * Reads the guide; other strategies than the genetic one have none, whatever stands there.
     *
     * @param evolution the section
     * @param root of the input
     */
    static GuideKind guide(Section evolution, Section root, StrategyKind strategy) {
        boolean genetic = strategy == StrategyKind.GENETIC;
        GuideKind guide = evolution.choice(
                GUIDE,
                genetic && !simulated(root) ? GuideKind.SURROGATE : GuideKind.NONE,
                "what chooses among children that could be made: none, the first new one is evaluated; surrogate, the one that a"
                        + " model of all evaluations so far promises most of (docs/strategies.md); strategy genetic only, and there by"
                        + " default if evaluations are real");
        return genetic ? guide : GuideKind.NONE;
    }

    /** Reads how much of what a child costs counts in its choice. */
    static double costWeight(Section evolution, GuideKind guide) {
        return evolution.decimal(
                COST_WEIGHT,
                GuideSettings.of(guide).costWeight(),
                0,
                1,
                "power of a child's expected cost of training by which the improvement that a model expects of it is divided: 0, what it"
                        + " costs does not count; 1, the most improvement by second (docs/strategies.md); guided searches only");
    }

    /** Reads whether a search without seeds begins with what is usual. */
    static boolean usualFirst(Section evolution, Section root, StrategyKind strategy, boolean seeded) {
        boolean usual = evolution.yes(
                USUAL_FIRST,
                strategy == StrategyKind.GENETIC && !simulated(root) && !seeded,
                "whether the first candidate is a network as people would try first (two hidden layers, ReLU, Adam with a learning rate"
                        + " of 0.001; docs/strategies.md) and no random one; of no meaning with evolution.seeds; strategy"
                        + " genetic only, and there by default yes if evaluations are real");
        return usual && strategy == StrategyKind.GENETIC;
    }

    /**
     * Reads among whom parents are selected.
     *
     * @throws InputException if nobody could be expected, or is to leave weights before it has any
     */
    static ParentsKind parents(Section evolution, StrategyKind strategy, GuideKind guide, Mode mode, boolean inherit) {
        ParentsKind parents = evolution.choice(
                PARENTS,
                ParentsKind.EVALUATED,
                "among whom parents are selected: evaluated, the population; expected, those that are being evaluated too, by what the model"
                        + " expects of them, so that what trains slowly is not the rarer a parent for it (docs/strategies.md); guided"
                        + " searches, async only");
        if (strategy != StrategyKind.GENETIC) {
            return ParentsKind.EVALUATED;
        }
        if (parents == ParentsKind.EXPECTED) {
            if (guide == GuideKind.NONE) {
                throw evolution.error(
                        PARENTS, "is expected, but without evolution.guide nothing is: set that to surrogate");
            }
            if (mode == Mode.SYNC) {
                throw evolution.error(
                        PARENTS,
                        "is expected, but in mode sync nobody is being evaluated when children are made: set it to evaluated, or mode to"
                                + " async");
            }
            if (inherit) {
                throw evolution.error(
                        PARENTS,
                        "is expected, but who is being evaluated has no weights yet that children could inherit: set"
                                + " evolution.inherit-weights to no");
            }
        }
        return parents;
    }

    private static boolean simulated(Section root) {
        return EvaluatorReader.read(root.ahead("evaluator")) instanceof EvaluatorSettings.Simulated;
    }
}
