package org.aevo.search;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * When a search ends: whichever bound comes first. Evaluations or wall time must be bounded, a target alone may never
 * be reached.
 *
 * @param evaluations told to the strategy, whatever their status; at least 1
 * @param wallSeconds since the run's start; positive
 * @param targetFitness the search ends when the best fitness is this or lower
 */
public record Budget(OptionalLong evaluations, OptionalDouble wallSeconds, OptionalDouble targetFitness) {
    public Budget {
        if (evaluations.isEmpty() && wallSeconds.isEmpty()) {
            throw new IllegalArgumentException("a budget needs a number of evaluations or a wall time");
        }
        if (evaluations.isPresent() && evaluations.getAsLong() < 1) {
            throw new IllegalArgumentException("evaluations must be at least 1, was " + evaluations.getAsLong());
        }
        if (wallSeconds.isPresent() && !(wallSeconds.getAsDouble() > 0 && wallSeconds.getAsDouble() < 1e12)) {
            throw new IllegalArgumentException(
                    "wall time must be a positive number of seconds, was " + wallSeconds.getAsDouble());
        }
        if (targetFitness.isPresent() && !Double.isFinite(targetFitness.getAsDouble())) {
            throw new IllegalArgumentException(
                    "target fitness must be a finite number, was " + targetFitness.getAsDouble());
        }
    }

    public static Budget ofEvaluations(long evaluations) {
        return new Budget(OptionalLong.of(evaluations), OptionalDouble.empty(), OptionalDouble.empty());
    }

    public static Budget ofWallSeconds(double seconds) {
        return new Budget(OptionalLong.empty(), OptionalDouble.of(seconds), OptionalDouble.empty());
    }

    public Budget withEvaluations(long value) {
        return new Budget(OptionalLong.of(value), wallSeconds, targetFitness);
    }

    public Budget withWallSeconds(double value) {
        return new Budget(evaluations, OptionalDouble.of(value), targetFitness);
    }

    public Budget withTargetFitness(double value) {
        return new Budget(evaluations, wallSeconds, OptionalDouble.of(value));
    }

    /**
     * Whether the search has to end.
     *
     * @param bestFitness NaN if there is none yet
     */
    public boolean reached(long told, double elapsedSeconds, double bestFitness) {
        return reason(told, elapsedSeconds, bestFitness).isPresent();
    }

    /** Why the search has to end, as a part of a sentence; empty if it goes on. */
    public Optional<String> reason(long told, double elapsedSeconds, double bestFitness) {
        if (targetFitness.isPresent() && bestFitness <= targetFitness.getAsDouble()) {
            return Optional.of("fitness " + bestFitness + " reached the target of " + targetFitness.getAsDouble());
        }
        if (evaluations.isPresent() && told >= evaluations.getAsLong()) {
            return Optional.of(
                    evaluations.getAsLong() == 1
                            ? "the one evaluation is done"
                            : "all " + evaluations.getAsLong() + " evaluations are done");
        }
        if (wallSeconds.isPresent() && elapsedSeconds >= wallSeconds.getAsDouble()) {
            return Optional.of("the wall time of " + wallSeconds.getAsDouble() + " s is over");
        }
        return Optional.empty();
    }
}
