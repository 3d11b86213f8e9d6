package org.aevo.task;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aevo.network.EnumText;
import org.aevo.search.Criterion;
import org.aevo.search.Figure;

/**
 * What a search lowers: the validation loss, the cross-entropy, or 1 less a figure that is at most 1; and penalties for size
 * and time. Beside it the objectives that are measured, which a search of several lowers instead.
 *
 * @param figure that is lowered if it is the cross-entropy, and raised if it is another; empty for the validation loss
 * @param parameterWeight times the decimal logarithm of the number of parameters is added
 * @param timeWeight times the decimal logarithm of the seconds of gradient steps, of all folds, is added: the fitness then is the
 *     machine's too, and the same candidate has another one the next time
 * @param objectives in the order of the input; empty for none
 */
public record Fitness(Optional<Figure> figure, double parameterWeight, double timeWeight, List<Criterion> objectives) {
    /** The validation loss alone. */
    public static final Fitness VALIDATION_LOSS = new Fitness(Optional.empty(), 0, 0);

    /** Shorter trainings are not told apart. */
    private static final double LEAST_SECONDS = 1e-6;

    public Fitness {
        if (figure.isPresent() && figure.get() == Figure.PSNR) {
            throw new IllegalArgumentException("psnr has no bound that it could be measured from");
        }
        if (!(parameterWeight >= 0
                && Double.isFinite(parameterWeight)
                && timeWeight >= 0
                && Double.isFinite(timeWeight))) {
            throw new IllegalArgumentException(
                    "weights must be at least 0, were " + parameterWeight + " and " + timeWeight);
        }
        objectives = List.copyOf(objectives);
    }

    /** The fitness alone. */
    public Fitness(Optional<Figure> figure, double parameterWeight, double timeWeight) {
        this(figure, parameterWeight, timeWeight, List.of());
    }

    /** What has to be measured: what the fitness and the objectives stand on. */
    public Set<Figure> figures() {
        Set<Figure> figures = EnumSet.noneOf(Figure.class);
        figure.ifPresent(figures::add);
        objectives.forEach(objective -> objective.figure().ifPresent(figures::add));
        return figures;
    }

    /** The key of the input that asks for a figure, and its value, for messages: {@code task.fitness is ssim}. */
    String asksFor(Figure asked) {
        String text = EnumText.of(asked);
        return figure.equals(Optional.of(asked)) ? "task.fitness is " + text : "task.objectives has " + text;
    }

    /** What to choose where a figure cannot be measured, for messages. */
    String otherThan(Figure asked, String others) {
        return figure.equals(Optional.of(asked)) ? "choose " + others : "leave it out";
    }

    /** What is lowered, for people: {@code 1 - SSIM}, {@code cross-entropy}, with the penalties. */
    public String formula() {
        String value = figure.map(f -> (f == Figure.CROSS_ENTROPY ? "" : "1 - ") + f.title())
                .orElse("mean squared error");
        return value + penalty(parameterWeight, "parameters") + penalty(timeWeight, "training seconds");
    }

    private static String penalty(double weight, String of) {
        return weight > 0 ? " + " + weight + " log10(" + of + ")" : "";
    }

    /** As {@link org.aevo.train.Objective#fitness}. */
    double of(double validationLoss, Map<Figure, Double> figures, long parameters, double trainSeconds) {
        double value =
                figure.map(f -> lowered(f, figures.getOrDefault(f, Double.NaN))).orElse(validationLoss);
        // without a weight nothing is added, not even a rounded zero
        if (parameterWeight > 0) {
            value += parameterWeight * Math.log10(parameters);
        }
        if (timeWeight > 0) {
            value += timeWeight * Math.log10(Math.max(LEAST_SECONDS, trainSeconds));
        }
        return value;
    }

    private static double lowered(Figure figure, double value) {
        return figure == Figure.CROSS_ENTROPY ? value : 1 - value;
    }
}
