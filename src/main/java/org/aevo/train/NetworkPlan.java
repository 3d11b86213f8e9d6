package org.aevo.train;

import java.util.Optional;
import org.aevo.network.Blueprint;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Optimizer;
import org.aevo.search.Weights;

/**
 * A network to be built, and what it starts from.
 *
 * @param loss that its steps lower
 * @param seed of everything random in the network: the same seed gives the same training, whatever was trained before
 * @param start weights that it begins with, in the names and shapes of {@link Network#weights}; empty for
 *     {@link InitialWeights} of the seed
 */
public record NetworkPlan(
        Blueprint blueprint, Hyperparameters hyperparameters, Loss loss, long seed, Optional<Weights> start) {

    /** One that is trained by the mean squared error from initial weights. */
    public static NetworkPlan of(Blueprint blueprint, Hyperparameters hyperparameters, long seed) {
        return new NetworkPlan(blueprint, hyperparameters, Loss.MSE, seed, Optional.empty());
    }

    /** One that is given weights and never trained: by which rule makes no difference to what it computes. */
    public static NetworkPlan untrained(Blueprint blueprint) {
        return of(blueprint, new Hyperparameters(Optimizer.NESTEROV, 1e-3, 1), 0);
    }

    /** This network trained by another loss. */
    public NetworkPlan with(Loss other) {
        return new NetworkPlan(blueprint, hyperparameters, other, seed, start);
    }

    /** This network with weights to begin with. */
    public NetworkPlan startingFrom(Weights weights) {
        return new NetworkPlan(blueprint, hyperparameters, loss, seed, Optional.of(weights));
    }

    /** The weights that it begins with. */
    public Weights startingWeights() {
        return start.orElseGet(() -> InitialWeights.of(blueprint, seed));
    }
}
