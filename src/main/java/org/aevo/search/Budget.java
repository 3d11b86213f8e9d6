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
 * @param stagnation the search ends when so many evaluations brought no better one ({@link Stagnation}); at least 1
 */
public record Budget(
        OptionalLong evaluations, OptionalDouble wallSeconds, OptionalDouble targetFitness, OptionalLong stagnation) {
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
        if (stagnation.isPresent() && stagnation.getAsLong() < 1) {
            throw new IllegalArgumentException("stagnation must be at least 1, was " + stagnation.getAsLong());
        }
    }

    /** Without a bound of stagnation. */
    public Budget(OptionalLong evaluations, OptionalDouble wallSeconds, OptionalDouble targetFitness) {
        this(evaluations, wallSeconds, targetFitness, OptionalLong.empty());
    }

    public static Budget ofEvaluations(long evaluations) {
        return new Budget(
                OptionalLong.of(evaluations), OptionalDouble.empty(), OptionalDouble.empty(), OptionalLong.empty());
    }

    public static Budget ofWallSeconds(double seconds) {
        return new Budget(
                OptionalLong.empty(), OptionalDouble.of(seconds), OptionalDouble.empty(), OptionalLong.empty());
    }

    public Budget withEvaluations(long value) {
        return new Budget(OptionalLong.of(value), wallSeconds, targetFitness, stagnation);
    }

    public Budget withWallSeconds(double value) {
        return new Budget(evaluations, OptionalDouble.of(value), targetFitness, stagnation);
    }

    public Budget withTargetFitness(double value) {
        return new Budget(evaluations, wallSeconds, OptionalDouble.of(value), stagnation);
    }

    public Budget withStagnation(long value) {
        return new Budget(evaluations, wallSeconds, targetFitness, OptionalLong.of(value));
    }

    /**
     * Whether the search has to end.
     *
     * @param bestFitness NaN if there is none yet
     * @param idle evaluations since the last better one, as {@link Stagnation#evaluations} says
     */
    public boolean reached(long told, double elapsedSeconds, double bestFitness, long idle) {
        return reason(told, elapsedSeconds, bestFitness, idle).isPresent();
    }

    /** Why the search has to end, as a part of a sentence; empty if it goes on. */
    public Optional<String> reason(long told, double elapsedSeconds, double bestFitness, long idle) {
        if (targetFitness.isPresent() && bestFitness <= targetFitness.getAsDouble()) {
            return Optional.of("fitness " + bestFitness + " reached the target of " + targetFitness.getAsDouble());
        }
        if (evaluations.isPresent() && told >= evaluations.getAsLong()) {
            return Optional.of(
                    evaluations.getAsLong() == 1
                            ? "the one evaluation is done"
                            : "all " + evaluations.getAsLong() + " evaluations are done");
        }
        if (stagnation.isPresent() && idle >= stagnation.getAsLong()) {
            return Optional.of(stagnated(bestFitness, idle));
        }
        if (wallSeconds.isPresent() && elapsedSeconds >= wallSeconds.getAsDouble()) {
            return Optional.of("the wall time of " + wallSeconds.getAsDouble() + " s is over");
        }
        return Optional.empty();
    }

    private static String stagnated(double bestFitness, long idle) {
        String of = idle == 1 ? "the last evaluation" : "the last " + idle + " evaluations";
        return Double.isNaN(bestFitness)
                ? "none of " + of + " has a fitness"
                : of + " brought none better than " + bestFitness;
    }
}
