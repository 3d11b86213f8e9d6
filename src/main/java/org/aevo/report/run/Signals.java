package org.aevo.report.run;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.Arrays;
import java.util.Locale;
import org.aevo.network.Shape;
import org.aevo.report.ChartStyle;
import org.aevo.report.Figure;
import org.aevo.report.Palette;

/**
 * Signals as lines, a panel for each sample with a strip for each channel: the original, what the network gets where that
 * is something else, and what it makes of it. All strips go from 0 to 1.
 */
final class Signals {
    private static final int SAMPLES = 6;
    private static final int CHANNELS = 4;
    private static final int POINTS = 400;
    private static final int COLUMNS = 2;
    private static final int TOP = 52;
    private static final int GAP = 14;
    private static final int STRIP = 46;
    private static final int BELOW = 24;
    private static final int LINE = 24;

    private final Outputs outputs;
    private final int[] samples;
    private final String title;
    private final int strips;
    private final int[] places;

    private Signals(Outputs outputs, int[] samples, String title) {
        this.outputs = outputs;
        this.samples = Arrays.copyOf(samples, Math.min(SAMPLES, samples.length));
        this.title = title;
        strips = Math.min(CHANNELS, outputs.shape().channels());
        places = Thin.rows(outputs.shape().width(), POINTS);
    }

    static Figure of(Names names, Outputs outputs, int[] samples) {
        Signals signals = new Signals(outputs, samples, names.title("Originals and reconstructions"));
        int channels = outputs.shape().channels();
        String shown =
                channels > signals.strips ? "; the first " + signals.strips + " of " + channels + " channels" : "";
        return new Figure(
                names.of("reconstructions"),
                "Signals of the " + outputs.part() + " part, "
                        + (outputs.corrupted() ? "what the network gets, " : "")
                        + "what the best network makes of them, and the mean squared error of each"
                        + shown
                        + (outputs.labels().isPresent() ? "; first one of each label." : "."),
                ChartStyle.WIDTH,
                TOP + signals.rows() * signals.tall(),
                (graphics, width, height) -> signals.draw(graphics, width));
    }

    private int rows() {
        return (samples.length + COLUMNS - 1) / COLUMNS;
    }

    private int tall() {
        return strips * STRIP + BELOW;
    }

    private void draw(Graphics2D graphics, int width) {
        graphics.setColor(Palette.INK);
        graphics.setFont(ChartStyle.BOLD);
        graphics.drawString(title, 8, 18);
        graphics.setFont(ChartStyle.FONT);
        double x = key(graphics, 8, "original", Palette.BLACK, original());
        if (outputs.corrupted()) {
            x = key(graphics, x, "input", Palette.LIGHT, input());
        }
        key(graphics, x, "reconstruction", Palette.BLUE, reconstruction());
        double wide = (width - 8.0 - 12 - GAP) / COLUMNS;
        for (int i = 0; i < samples.length; i++) {
            int row = i / COLUMNS;
            double left = 8 + i % COLUMNS * (wide + GAP);
            panel(graphics, samples[i], left, TOP + row * tall(), wide);
        }
    }

    private static BasicStroke original() {
        return new BasicStroke(1.4f);
    }

    private static BasicStroke input() {
        return new BasicStroke(1);
    }

    private static BasicStroke reconstruction() {
        return new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 3}, 0);
    }

    /** Says what a line is; gives where the next one begins. */
    private static double key(Graphics2D graphics, double x, String name, Color colour, BasicStroke stroke) {
        graphics.setColor(colour);
        graphics.setStroke(stroke);
        graphics.draw(new Line2D.Double(x, 35, x + LINE, 35));
        graphics.setColor(Palette.INK);
        graphics.drawString(name, (float) (x + LINE + 6), 39);
        return x + LINE + 6 + graphics.getFontMetrics().stringWidth(name) + 18;
    }

    private void panel(Graphics2D graphics, int sample, double left, double top, double wide) {
        for (int channel = 0; channel < strips; channel++) {
            double y = top + channel * STRIP;
            graphics.setColor(Palette.GRID);
            graphics.setStroke(new BasicStroke(1));
            graphics.draw(new Line2D.Double(left, y + STRIP - 4, left + wide, y + STRIP - 4));
            if (outputs.corrupted()) {
                line(graphics, outputs.inputs(), sample, channel, left, y, wide, Palette.LIGHT, input());
            }
            line(graphics, outputs.originals(), sample, channel, left, y, wide, Palette.BLACK, original());
            line(graphics, outputs.reconstructions(), sample, channel, left, y, wide, Palette.BLUE, reconstruction());
        }
        graphics.setColor(Palette.INK);
        graphics.drawString(String.format(Locale.ROOT, "error %.4f", outputs.error(sample)), (float) left, (float)
                (top + strips * STRIP + 11));
    }

    private void line(
            Graphics2D graphics,
            float[] values,
            int sample,
            int channel,
            double left,
            double top,
            double wide,
            Color colour,
            BasicStroke stroke) {
        Shape shape = outputs.shape();
        int first = (sample * shape.channels() + channel) * shape.width();
        double tall = STRIP - 8.0;
        Path2D path = new Path2D.Double();
        boolean begun = false;
        for (int place : places) {
            float value = values[first + place];
            if (!Float.isFinite(value)) {
                begun = false;
                continue;
            }
            double x = left + wide * place / (shape.width() - 1);
            double y = top + 4 + tall * (1 - Math.max(-0.05, Math.min(1.05, value)));
            if (begun) {
                path.lineTo(x, y);
            } else {
                path.moveTo(x, y);
            }
            begun = true;
        }
        graphics.setColor(colour);
        graphics.setStroke(stroke);
        graphics.draw(path);
    }
}
