package org.aevo.report.run;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.aevo.record.RunTable;
import org.aevo.search.Figure;

/**
 * What the fitness of a run is, as its numbers tell: files of any program say it, whatever its input was called.
 *
 * @param label for an axis: {@code fitness (1 - SSIM)}
 * @param sentence for people
 */
record FitnessName(String label, String sentence) {
    private static final FitnessName LOSS = new FitnessName(
            "fitness (mean squared error)", "Fitness is the mean squared error per value on the validation samples.");
    private static final FitnessName OTHER = new FitnessName(
            "fitness", "Fitness is what the input's task says, with its penalties for size and time; lower is better.");

    static FitnessName of(RunTable evaluations) {
        double[] fitness = evaluations.doubles("fitness");
        double[] loss = evaluations.doubles("validation_loss");
        Map<Figure, double[]> figures = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
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
                .map(figure -> named(figure.getKey()))
                .orElse(OTHER);
    }

    private static FitnessName named(Figure figure) {
        String name =
                switch (figure) {
                    case PSNR, SSIM -> figure.name();
                    case TRUSTWORTHINESS, CONTINUITY -> figure.column();
                    case PROBE_ACCURACY -> "accuracy of a linear probe";
                    case KNN_ACCURACY -> "accuracy of k-NN";
                    case ACCURACY, CROSS_ENTROPY -> figure.column().replace('_', '-');
                    case MACRO_F1 -> "macro-F1";
                };
        return new FitnessName(
                "fitness (1 - " + name + ")", "Fitness is 1 less the " + name + " on the validation samples.");
    }
}
