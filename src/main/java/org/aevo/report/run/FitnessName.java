package org.aevo.report.run;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.aevo.record.RunData;
import org.aevo.record.RunTable;
import org.aevo.search.Figure;

/**
 * What the fitness of a run is: as it was recorded, or, in files of programs that did not, as its numbers tell.
 *
 * @param label for an axis: {@code fitness (1 - SSIM)}
 * @param sentence for people
 */
record FitnessName(String label, String sentence) {
    private static final String ERROR = "mean squared error";
    private static final String COMPLEMENT = "1 - ";
    private static final FitnessName LOSS = new FitnessName(
            "fitness (mean squared error)", "Fitness is the mean squared error per value on the validation samples.");
    private static final FitnessName OTHER = new FitnessName(
            "fitness", "Fitness is what the input's task says, with its penalties for size and time; lower is better.");

    /** What the run recorded; of one of an earlier program, and where fitness is invented, what the numbers tell. */
    static FitnessName of(RunData run) {
        String formula = run.about().fitness();
        return formula.isEmpty() || run.about().simulated() ? guessed(run.evaluations()) : recorded(formula);
    }

    /** @param formula as {@code Entry.RunStarted} has it: {@code 1 - accuracy} */
    static FitnessName recorded(String formula) {
        if (formula.equals(ERROR)) {
            return LOSS;
        }
        boolean plain = !formula.contains(" + ");
        if (plain && formula.startsWith(COMPLEMENT)) {
            return complement(formula.substring(COMPLEMENT.length()));
        }
        return new FitnessName(
                "fitness (" + formula + ")",
                "Fitness is " + (plain ? "the " + formula : formula + ", measured")
                        + " on the validation samples; lower is better.");
    }

    private static FitnessName guessed(RunTable evaluations) {
        double[] fitness = evaluations.doubles("fitness");
        double[] loss = evaluations.doubles("validation_loss");
        Map<Figure, double[]> figures = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.ofNetworks()) {
            if (evaluations.has(figure.column())) {
                figures.put(figure, evaluations.doubles(figure.column()));
            }
        }
        return of(fitness, loss, figures);
    }

    static FitnessName of(double[] fitness, double[] loss, Map<Figure, double[]> figures) {
        int[] rows = IntStream.range(0, fitness.length)
                .filter(i -> Double.isFinite(fitness[i]))
                .toArray();
        if (IntStream.of(rows).allMatch(i -> Double.compare(fitness[i], loss[i]) == 0)) {
            return LOSS;
        }
        return figures.entrySet().stream()
                .filter(figure ->
                        IntStream.of(rows).allMatch(i -> Double.compare(fitness[i], 1 - figure.getValue()[i]) == 0))
                .findFirst()
                .map(figure -> complement(figure.getKey().title()))
                .orElse(OTHER);
    }

    private static FitnessName complement(String name) {
        return new FitnessName(
                "fitness (1 - " + name + ")", "Fitness is 1 less the " + name + " on the validation samples.");
    }
}
