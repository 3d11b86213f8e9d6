package org.aevo.report.run;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.aevo.record.ModelMetrics.Confusion;
import org.aevo.report.ChartStyle;
import org.aevo.report.Figure;
import org.aevo.report.Palette;

/** A confusion matrix as a square of cells, each as dark as its share of its row; in each how many samples it stands for. */
final class ConfusionPicture {
    /** Of more classes the cells would be too small to see. */
    private static final int MOST = 100;
    /** Of more, there is no room for numbers. */
    private static final int NUMBERED = 20;

    private static final int LEFT = 96;
    private static final int TOP = 66;
    private static final int SIDE = 460;
    private static final int LARGEST = 64;

    private final Confusion confusion;
    private final String title;
    private final double cell;

    private ConfusionPicture(Confusion confusion, String title) {
        this.confusion = confusion;
        this.title = title;
        this.cell = cell(confusion);
    }

    static boolean shows(Confusion confusion) {
        return confusion.labels().size() <= MOST;
    }

    private static double cell(Confusion confusion) {
        return Math.min(LARGEST, (double) SIDE / confusion.labels().size());
    }

    static Figure of(Names names, Confusion confusion) {
        ConfusionPicture picture = new ConfusionPicture(confusion, names.title("Confusion matrix"));
        return new Figure(
                names.of("confusion-matrix"),
                "How many test samples of each label (rows) were taken for each label (columns). The darker a cell, the larger"
                        + " its share of the row; what is on the diagonal is right.",
                ChartStyle.WIDTH,
                (int) Math.ceil(TOP + confusion.labels().size() * picture.cell + 12),
                (graphics, width, height) -> picture.draw(graphics));
    }

    private void draw(Graphics2D graphics) {
        graphics.setColor(Palette.INK);
        graphics.setFont(ChartStyle.BOLD);
        graphics.drawString(title, 8, 18);
        graphics.setFont(ChartStyle.FONT);
        FontMetrics metrics = graphics.getFontMetrics();
        graphics.drawString("taken for", LEFT, 40);
        graphics.drawString("label", 8, TOP - 8);
        List<Integer> labels = confusion.labels();
        int every = (int) Math.ceil((metrics.getHeight() + 2) / cell);
        int across = Math.max(every, (int) Math.ceil((widest(metrics) + 6) / cell));
        for (int i = 0; i < labels.size(); i++) {
            String label = "" + labels.get(i);
            double middle = (i + 0.5) * cell;
            graphics.setColor(Palette.INK);
            if (i % every == 0) {
                float x = LEFT - 8f - metrics.stringWidth(label);
                graphics.drawString(label, x, (float) (TOP + middle + metrics.getAscent() / 2.0 - 1));
            }
            if (i % across == 0) {
                graphics.drawString(label, (float) (LEFT + middle - metrics.stringWidth(label) / 2.0), TOP - 8f);
            }
            row(graphics, i);
        }
    }

    private int widest(FontMetrics metrics) {
        return confusion.labels().stream()
                .mapToInt(label -> metrics.stringWidth("" + label))
                .max()
                .orElse(0);
    }

    private void row(Graphics2D graphics, int row) {
        List<Long> counts = confusion.counts().get(row);
        long all = counts.stream().mapToLong(count -> count).sum();
        for (int column = 0; column < counts.size(); column++) {
            double share = all == 0 ? 0 : (double) counts.get(column) / all;
            Rectangle2D square = new Rectangle2D.Double(LEFT + column * cell, TOP + row * cell, cell, cell);
            graphics.setColor(shade(share, row == column));
            graphics.fill(square);
            graphics.setColor(Palette.GRID);
            graphics.draw(square);
            if (counts.size() <= NUMBERED && counts.get(column) > 0) {
                number(graphics, "" + counts.get(column), square, share);
            }
        }
    }

    private static void number(Graphics2D graphics, String number, Rectangle2D square, double share) {
        FontMetrics metrics = graphics.getFontMetrics();
        if (metrics.stringWidth(number) > square.getWidth() - 2) {
            return;
        }
        graphics.setColor(share > 0.5 ? Color.WHITE : Palette.INK);
        graphics.drawString(number, (float) (square.getCenterX() - metrics.stringWidth(number) / 2.0), (float)
                (square.getCenterY() + metrics.getAscent() / 2.0 - 1));
    }

    /** White for nothing; a share that is small but there must be seen, hence the root. */
    private static Color shade(double share, boolean right) {
        return blend(right ? Palette.BLUE : Palette.VERMILLION, Math.sqrt(share));
    }

    private static Color blend(Color colour, double strength) {
        return new Color(
                fade(colour.getRed(), strength), fade(colour.getGreen(), strength), fade(colour.getBlue(), strength));
    }

    private static int fade(int level, double strength) {
        return (int) Math.round(255 - strength * (255 - level));
    }
}
