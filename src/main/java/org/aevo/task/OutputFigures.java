package org.aevo.task;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.aevo.metric.ImageQuality;
import org.aevo.network.Blueprint;
import org.aevo.network.Shape;
import org.aevo.search.Figure;
import org.aevo.train.Autoencoder;
import org.aevo.train.Samples;

/** How good outputs look: PSNR, and SSIM of images that are large enough. */
final class OutputFigures implements Function<Autoencoder, Map<Figure, Double>> {
    private final Samples inputs;
    private final Samples targets;
    private final int count;

    /** @param most samples to look at: the first ones */
    OutputFigures(Samples inputs, Samples targets, int most) {
        this.inputs = inputs;
        this.targets = targets;
        this.count = Math.min(most, targets.count());
    }

    /** As {@link Task#problem}. */
    static Optional<String> problem(Fitness fitness, Facts data) {
        return fitness.figures().contains(Figure.SSIM) && !isLargeEnough(data.shape())
                ? Optional.of(fitness.asksFor(Figure.SSIM) + ", but samples of " + data.shape()
                        + " are no images of at least " + ImageQuality.WINDOW + "x" + ImageQuality.WINDOW + ": "
                        + fitness.otherThan(Figure.SSIM, "validation-loss"))
                : Optional.empty();
    }

    private static boolean isLargeEnough(Shape shape) {
        return shape.height() >= ImageQuality.WINDOW && shape.width() >= ImageQuality.WINDOW;
    }

    @Override
    public Map<Figure, Double> apply(Autoencoder network) {
        Shape shape = targets.shape();
        boolean similarity = isLargeEnough(shape);
        double noise = 0;
        double similar = 0;
        for (int from = 0; from < count; from += Blueprint.VALIDATION_BATCH) {
            int to = Math.min(count, from + Blueprint.VALIDATION_BATCH);
            float[] wanted = targets.values(from, to);
            float[] output = network.reconstruct(inputs.values(from, to));
            noise += (to - from) * ImageQuality.psnr(wanted, output, shape);
            similar += similarity ? (to - from) * ImageQuality.ssim(wanted, output, shape) : 0;
        }
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.PSNR, noise / count);
        if (similarity) {
            figures.put(Figure.SSIM, similar / count);
        }
        figures.values().removeIf(value -> value.isNaN());
        return figures;
    }
}
