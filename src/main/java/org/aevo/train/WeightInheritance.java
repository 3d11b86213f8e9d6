package org.aevo.train;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.aevo.network.Blueprint;
import org.aevo.network.Design;
import org.aevo.search.Candidate;
import org.aevo.search.Inheritance;
import org.aevo.search.Inheritance.Origin;
import org.aevo.search.ParentWeights;
import org.aevo.search.TrainedNetwork;
import org.aevo.search.Weights;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the candidates of a run take over from their parents' networks, and what they leave to their children. Whatever is
 * wrong with a parent's network costs its child what it would have inherited, and no more.
 */
final class WeightInheritance {
    private static final Logger LOG = LoggerFactory.getLogger(WeightInheritance.class);

    /** Mutation whose children begin with initial weights. */
    static final String RESET = "reset-weights";

    /** Mutation whose new layer begins as the identity. */
    static final String ONE_TO_ONE = "insert-one-to-one";

    private final ParentWeights parents;
    private final Function<Design, Blueprint> space;

    /**
     * A network that is about to be built.
     *
     * @param inheritance what of its weights is its parent's
     */
    record Beginning(NetworkPlan plan, Inheritance inheritance) {}

    /** @param space unfolds designs of parents, as that of candidates does */
    WeightInheritance(ParentWeights parents, Function<Design, Blueprint> space) {
        this.parents = parents;
        this.space = space;
    }

    /**
     * The plan with as much of the first parent's weights as fits.
     *
     * @param plan of the candidate, seeded as it will be built
     */
    Beginning begin(Candidate candidate, NetworkPlan plan) {
        if (candidate.parentA() == Candidate.NONE) {
            return initial(plan, Origin.INITIAL);
        }
        if (isBy(RESET, candidate)) {
            return initial(plan, Origin.RESET);
        }
        try {
            ParentWeights.Answer answer = asked(candidate.parentA());
            if (answer instanceof ParentWeights.NotFound none) {
                return without(candidate, plan, none.why(), none.message());
            }
            return from(((ParentWeights.Found) answer).network(), candidate, plan);
        } catch (OutOfMemoryError e) {
            String message = "they do not fit into the worker's heap beside its own (" + e.getMessage()
                    + "); raise cluster.worker-memory";
            return without(candidate, plan, Origin.DAMAGED, message);
        }
    }

    /** What the store itself fails at says nothing of the candidate. */
    private ParentWeights.Answer asked(long parent) {
        try {
            return parents.get(parent);
        } catch (RuntimeException e) {
            return new ParentWeights.NotFound(Origin.DAMAGED, "they cannot be read: " + e);
        }
    }

    private Beginning from(TrainedNetwork parent, Candidate candidate, NetworkPlan plan) {
        if (parent.id() != candidate.parentA()) {
            return without(candidate, plan, Origin.STALE, "they are those of candidate " + parent.id());
        }
        Blueprint blueprint;
        try {
            blueprint = space.apply(parent.design());
        } catch (IllegalArgumentException e) {
            return without(candidate, plan, Origin.STALE, "its network cannot be built: " + e.getMessage());
        }
        Optional<String> foreign = WeightTransfer.refusal(blueprint, parent.weights());
        if (foreign.isPresent()) {
            return without(candidate, plan, Origin.STALE, foreign.get());
        }
        WeightTransfer transfer =
                WeightTransfer.of(blueprint, parent.weights(), plan.blueprint(), plan.startingWeights());
        Weights weights = isBy(ONE_TO_ONE, candidate)
                ? OneToOne.of(plan.blueprint(), transfer.origins().keySet(), transfer.weights())
                : transfer.weights();
        long epochs = transfer.share() > 0 ? parent.epochs() : 0;
        return new Beginning(plan.startingFrom(weights), new Inheritance(Origin.PARENT, transfer.share(), epochs));
    }

    private static Beginning without(Candidate candidate, NetworkPlan plan, Origin why, String message) {
        LOG.warn(
                "candidate {} begins with initial weights, for those of its parent {} cannot be had: {}",
                candidate.id(),
                candidate.parentA(),
                message);
        return initial(plan, why);
    }

    private static Beginning initial(NetworkPlan plan, Origin origin) {
        return new Beginning(plan, Inheritance.of(origin));
    }

    private static boolean isBy(String mutation, Candidate candidate) {
        return Arrays.asList(candidate.operator().split("\\+")).contains(mutation);
    }

    /** Weights of a network that only children want; empty where there is no room for them. */
    Optional<Weights> copyFor(Candidate candidate, Network network) {
        try {
            return Optional.of(network.weights());
        } catch (OutOfMemoryError e) {
            notLeft(candidate.id(), e);
            return Optional.empty();
        }
    }

    /** Leaves a network to children. Where that fails they will begin with initial weights; the evaluation stands. */
    void leave(TrainedNetwork network) {
        try {
            parents.put(network);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            notLeft(network.id(), e);
        }
    }

    private static void notLeft(long id, Throwable why) {
        LOG.warn(
                "weights of candidate {} are not kept, its children will begin with initial weights: {}",
                id,
                why.getMessage() == null ? why.toString() : why.getMessage());
    }
}
