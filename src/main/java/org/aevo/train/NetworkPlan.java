package org.aevo.train;

import java.util.Optional;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Layer;
import org.aevo.network.Optimizer;
import org.aevo.search.Weights;

/**
 * A network to be built, and what it starts from.
 *
 * @param loss that its steps lower
 * @param weightDecay as {@link Optimizer} says; 0 for none
 * @param seed of everything random in the network: the same seed gives the same training, whatever was trained before
 * @param start weights that it begins with, in the names and shapes of {@link Network#weights}; empty for
 *     {@link InitialWeights} of the seed
 */
public record NetworkPlan(
        Blueprint blueprint,
        Hyperparameters hyperparameters,
        Loss loss,
        double weightDecay,
        long seed,
        Optional<Weights> start) {
    public NetworkPlan {
        if (!(weightDecay >= 0 && Double.isFinite(weightDecay))) {
            throw new IllegalArgumentException("weight decay must be at least 0, was " + weightDecay);
        }
    }

    /** One that is trained by the mean squared error from initial weights. */
    public static NetworkPlan of(Blueprint blueprint, Hyperparameters hyperparameters, long seed) {
        return new NetworkPlan(blueprint, hyperparameters, Loss.MSE, 0, seed, Optional.empty());
    }

    /** One that is given weights and never trained: by which rule makes no difference to what it computes. */
    public static NetworkPlan untrained(Blueprint blueprint) {
        return of(blueprint, new Hyperparameters(Optimizer.NESTEROV, 1e-3, 1), 0);
    }

    /** This network trained by another loss. */
    public NetworkPlan with(Loss other) {
        return new NetworkPlan(blueprint, hyperparameters, other, weightDecay, seed, start);
    }

    /** This network with weights that decay. */
    public NetworkPlan decaying(double decay) {
        return new NetworkPlan(blueprint, hyperparameters, loss, decay, seed, start);
    }

    /** This network with another seed. */
    public NetworkPlan seeded(long other) {
        return new NetworkPlan(blueprint, hyperparameters, loss, weightDecay, other, start);
    }

    /** This network with a learning rate that is another one's multiple. */
    public NetworkPlan scaled(double factor) {
        if (factor == 1) {
            return this;
        }
        Hyperparameters other = new Hyperparameters(
                hyperparameters.optimizer(), factor * hyperparameters.learningRate(), hyperparameters.batchSize());
        return new NetworkPlan(blueprint, other, loss, weightDecay, seed, start);
    }

    /** This network with weights to begin with. */
    public NetworkPlan startingFrom(Weights weights) {
        return new NetworkPlan(blueprint, hyperparameters, loss, weightDecay, seed, Optional.of(weights));
    }

    /** The weights that it begins with. */
    public Weights startingWeights() {
        return start.orElseGet(() -> InitialWeights.of(blueprint, seed));
    }

    /**
     * Why no engine builds it, in one line, if none does: a softmax is of images, the loss is not of its outputs, the weights that it should begin
     * with are not its own, or arrays would have more values than an array can.
     */
    public Optional<String> refusal() {
        if (blueprint.parameters() > Integer.MAX_VALUE) {
            return Optional.of("the network has " + blueprint.parameters()
                    + " weights, the most that can be trained are " + Integer.MAX_VALUE);
        }
        int batch = Math.max(hyperparameters.batchSize(), Blueprint.VALIDATION_BATCH);
        long sample = Math.max(
                blueprint.input().size(), blueprint.output().layer().output().size());
        if (sample > Integer.MAX_VALUE / batch) {
            return Optional.of("a batch of " + batch + " samples of " + sample + " values is more than the "
                    + Integer.MAX_VALUE + " values that can be handed over at once");
        }
        return spatialSoftmax()
                .or(() -> loss.refusal(blueprint))
                .or(() -> start.flatMap(weights -> WeightShapes.foreign(blueprint, weights)));
    }

    private Optional<String> spatialSoftmax() {
        return blueprint.layers().stream()
                .filter(layer -> layer instanceof Layer.Activated activated
                        && activated.activation() == Activation.SOFTMAX
                        && !(layer instanceof Layer.Dense))
                .findFirst()
                .map(layer -> "layer " + layer.name() + " has softmax, which is only of dense layers");
    }
}
