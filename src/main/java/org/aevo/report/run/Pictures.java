package org.aevo.report.run;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.aevo.network.Shape;
import org.aevo.report.ChartStyle;
import org.aevo.report.Figure;
import org.aevo.report.Palette;

/** Images in a row, below them what the network gets where that is something else, and what it makes of it. */
final class Pictures {
    private static final int LEFT = 112;
    private static final int GAP = 4;
    private static final int TOP = 30;

    private final Outputs outputs;
    private final int[] samples;
    private final String title;
    private final boolean corrupted;

    private Pictures(Outputs outputs, int[] samples, String title) {
        this.outputs = outputs;
        this.samples = samples;
        this.title = title;
        this.corrupted = outputs.corrupted();
    }

    static Figure of(Names names, Outputs outputs, int[] samples) {
        Pictures pictures = new Pictures(outputs, samples, names.title("Originals and reconstructions"));
        double side = side(samples.length);
        double tall = side * outputs.shape().height() / outputs.shape().width();
        return new Figure(
                names.of("reconstructions"),
                "Samples of the " + outputs.part() + " part, "
                        + (pictures.corrupted ? "what the network gets, " : "")
                        + "what the best network makes of them, and the mean squared error of each"
                        + (outputs.labels().isPresent() ? "; first one of each label." : "."),
                ChartStyle.WIDTH,
                (int) Math.ceil(TOP + pictures.rows() * (tall + GAP) + 30),
                (graphics, width, height) -> pictures.draw(graphics, side, tall));
    }

    private int rows() {
        return corrupted ? 3 : 2;
    }

    private static double side(int count) {
        return Math.min(90, (ChartStyle.WIDTH - LEFT - 12.0) / count - GAP);
    }

    private void draw(Graphics2D graphics, double side, double tall) {
        graphics.setColor(Palette.INK);
        graphics.setFont(ChartStyle.BOLD);
        graphics.drawString(title, 8, 18);
        graphics.setFont(ChartStyle.FONT);
        double step = tall + GAP;
        double last = TOP + (rows() - 1) * step;
        graphics.drawString("original", 8, (float) (TOP + tall / 2 + 5));
        if (corrupted) {
            graphics.drawString("input", 8, (float) (TOP + step + tall / 2 + 5));
        }
        graphics.drawString("reconstruction", 8, (float) (last + tall / 2 + 5));
        graphics.drawString("error", 8, (float) (last + step + 15));
        for (int i = 0; i < samples.length; i++) {
            double x = LEFT + i * (side + GAP);
            picture(graphics, outputs.originals(), samples[i], x, TOP, side, tall);
            if (corrupted) {
                picture(graphics, outputs.inputs(), samples[i], x, TOP + step, side, tall);
            }
            picture(graphics, outputs.reconstructions(), samples[i], x, last, side, tall);
            String error = String.format(java.util.Locale.ROOT, "%.4f", outputs.error(samples[i]));
            graphics.setColor(Palette.INK);
            float middle = (float) (x + (side - graphics.getFontMetrics().stringWidth(error)) / 2);
            graphics.drawString(error, middle, (float) (last + step + 15));
        }
    }

    private void picture(
            Graphics2D graphics, float[] values, int sample, double x, double y, double side, double tall) {
        draw(graphics, outputs.shape(), values, sample, x, y, side, tall);
    }

    /** One image of many: of one channel grey, of three or more the first three as red, green and blue. */
    static void draw(
            Graphics2D graphics,
            Shape shape,
            float[] values,
            int sample,
            double x,
            double y,
            double side,
            double tall) {
        int plane = shape.height() * shape.width();
        int first = sample * shape.channels() * plane;
        boolean colour = shape.channels() >= 3;
        BufferedImage image = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < plane; i++) {
            int red = level(values[first + i]);
            int green = colour ? level(values[first + plane + i]) : red;
            int blue = colour ? level(values[first + 2 * plane + i]) : red;
            image.setRGB(i % shape.width(), i / shape.width(), red << 16 | green << 8 | blue);
        }
        graphics.drawImage(
                image, (int) Math.round(x), (int) Math.round(y), (int) Math.round(side), (int) Math.round(tall), null);
    }

    private static int level(float value) {
        return Math.round(255 * Math.max(0, Math.min(1, value)));
    }
}
