package org.aevo.report.run;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import org.aevo.network.Shape;
import org.aevo.record.ModelFile.ClassifiedExamples;
import org.aevo.report.ChartStyle;
import org.aevo.report.Figure;
import org.aevo.report.Palette;

/** Images that a classifier is wrong about, below each its label and what it was taken for. */
final class MisclassifiedPictures {
    private static final int COLUMNS = 10;
    private static final int LEFT = 12;
    private static final int TOP = 30;
    private static final int TEXT = 24;

    private final ClassifiedExamples examples;
    private final Shape shape;
    private final int[] samples;
    private final String title;
    private final double step;
    private final double tall;

    private MisclassifiedPictures(ClassifiedExamples examples, Shape shape, int[] samples, String title) {
        this.examples = examples;
        this.shape = shape;
        this.samples = samples;
        this.title = title;
        this.step = (double) (ChartStyle.WIDTH - 2 * LEFT) / COLUMNS;
        this.tall = (step - 8) * shape.height() / shape.width();
    }

    /** @param samples which of the examples */
    static Figure of(Names names, ClassifiedExamples examples, Shape shape, int[] samples) {
        MisclassifiedPictures pictures =
                new MisclassifiedPictures(examples, shape, samples, names.title("Test samples that are told wrongly"));
        int rows = (samples.length + COLUMNS - 1) / COLUMNS;
        return new Figure(
                names.of("misclassified-samples"),
                "Test samples that the network is wrong about: below each its label and, behind the arrow, what it was taken"
                        + " for.",
                ChartStyle.WIDTH,
                (int) Math.ceil(TOP + rows * (pictures.tall + TEXT) + 6),
                (graphics, width, height) -> pictures.draw(graphics));
    }

    private void draw(Graphics2D graphics) {
        graphics.setColor(Palette.INK);
        graphics.setFont(ChartStyle.BOLD);
        graphics.drawString(title, 8, 18);
        graphics.setFont(ChartStyle.FONT);
        FontMetrics metrics = graphics.getFontMetrics();
        for (int i = 0; i < samples.length; i++) {
            double x = LEFT + i % COLUMNS * step + 4;
            int row = i / COLUMNS;
            double y = TOP + row * (tall + TEXT);
            Pictures.draw(graphics, shape, examples.inputs(), samples[i], x, y, step - 8, tall);
            String text = Fit.text(
                    examples.labels()[samples[i]] + " \u2192 " + examples.predicted()[samples[i]], metrics, step);
            graphics.setColor(Palette.INK);
            graphics.drawString(text, (float) (x + (step - 8 - metrics.stringWidth(text)) / 2), (float)
                    (y + tall + metrics.getAscent() + 2));
        }
    }
}
