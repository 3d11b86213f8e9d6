package org.aevo.report.run;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aevo.record.RunData;
import org.aevo.record.Timeline;
import org.aevo.report.ChartStyle;
import org.aevo.report.Figure;
import org.aevo.report.Palette;

/**
 * What each worker did when: a row for each place, coloured by activity. A column of one point shows what took most of
 * its time, so that the figure stays light however many evaluations there were; many rows are pixels, not shapes.
 */
public final class Gantt {
    private static final int MAX_SHAPED_ROWS = 40;
    private static final int MAX_HEIGHT = 520;
    private static final int MAX_PITCH = 22;
    private static final int MIN_PITCH = 2;
    private static final int LEFT = 64;
    private static final int RIGHT = 24;
    /** Evaluations that are at least so wide are told from the one before by a thin line. */
    private static final double SEPARATE = 5;

    private final Timeline timeline;
    private final double end;
    private final List<Integer> ranks;
    private final Map<Integer, Integer> row = new TreeMap<>();
    private final double pitch;

    private Gantt(RunData run) {
        timeline = run.intervals();
        double last = 0;
        TreeMap<Integer, Boolean> places = new TreeMap<>();
        for (int i = 0; i < timeline.size(); i++) {
            last = Math.max(last, timeline.end(i));
            places.put(timeline.rank(i), true);
        }
        end = last > 0 ? last : 1;
        List<Integer> all = new ArrayList<>(places.keySet());
        int every = 1 + (all.size() - 1) / (MAX_HEIGHT / MIN_PITCH);
        ranks = new ArrayList<>();
        for (int i = 0; i < all.size(); i += every) {
            row.put(all.get(i), ranks.size());
            ranks.add(all.get(i));
        }
        pitch = Math.min(MAX_PITCH, (double) MAX_HEIGHT / Math.max(1, ranks.size()));
    }

    /** The figure of a run's timeline. */
    public static Figure of(String name, String title, RunData run) {
        Gantt gantt = new Gantt(run);
        int height = (int) Math.ceil(2 * Key.LINE + 34 + gantt.ranks.size() * gantt.pitch + 46);
        long places = Arrays.stream(run.timeline().longs("rank")).distinct().count();
        String caption =
                "What each worker did when. Each row is the place of a worker; what is narrower than a point is"
                        + " shown as what took most of it."
                        + (places > gantt.ranks.size()
                                ? " " + gantt.ranks.size() + " of " + places + " places are shown, evenly chosen."
                                : "");
        return new Figure(name, caption, ChartStyle.WIDTH, height, (g, w, h) -> gantt.draw(g, w, title));
    }

    private void draw(Graphics2D graphics, int width, String title) {
        graphics.setColor(Palette.INK);
        graphics.setFont(ChartStyle.BOLD);
        graphics.drawString(title, 8, 18);
        graphics.setFont(ChartStyle.FONT);
        int columns = width - LEFT - RIGHT;
        Activity[][] cells = cells(columns);
        int top = 28 + Key.draw(graphics, shown(cells), 8, 26, width - 16) + 4;
        double bottom = top + ranks.size() * pitch;
        TimeScale scale = TimeScale.of(end);
        new Ruler(end / scale.seconds(), LEFT, columns)
                .draw(graphics, top, bottom, scale.label("time since the start of the run"));
        if (ranks.size() > MAX_SHAPED_ROWS) {
            pixels(graphics, cells, top);
        } else {
            shapes(graphics, cells, top);
            separators(graphics, columns, top);
        }
        graphics.setColor(Palette.GREY);
        graphics.setStroke(new BasicStroke(0.8f));
        graphics.draw(new Rectangle2D.Double(LEFT, top, columns, bottom - top));
        labels(graphics, top);
    }

    /** What took most of the time of each column, for each row; null where the place was not there. */
    private Activity[][] cells(int columns) {
        double[][][] seconds = new double[ranks.size()][columns][];
        double width = end / columns;
        for (int i = 0; i < timeline.size(); i++) {
            Integer at = row.get(timeline.rank(i));
            if (at == null) {
                continue;
            }
            int activity = Activity.of(timeline, i).ordinal();
            int first = Math.max(0, (int) (timeline.start(i) / width));
            int last = Math.min(columns - 1, (int) (timeline.end(i) / width));
            for (int c = first; c <= last; c++) {
                double inside = Math.min(timeline.end(i), (c + 1) * width) - Math.max(timeline.start(i), c * width);
                if (inside > 0) {
                    if (seconds[at][c] == null) {
                        seconds[at][c] = new double[Activity.values().length];
                    }
                    seconds[at][c][activity] += inside;
                }
            }
        }
        Activity[][] cells = new Activity[ranks.size()][columns];
        for (int r = 0; r < cells.length; r++) {
            for (int c = 0; c < columns; c++) {
                cells[r][c] = seconds[r][c] == null ? null : most(seconds[r][c]);
            }
        }
        return cells;
    }

    private static Activity most(double[] seconds) {
        int most = 0;
        for (int a = 1; a < seconds.length; a++) {
            most = seconds[a] > seconds[most] ? a : most;
        }
        return Activity.values()[most];
    }

    private void shapes(Graphics2D graphics, Activity[][] cells, double top) {
        double gap = pitch > 8 ? 2 : pitch > 4 ? 1 : 0;
        Map<Activity, Path2D> paths = new EnumMap<>(Activity.class);
        for (int r = 0; r < cells.length; r++) {
            double y = top + r * pitch + gap / 2;
            int from = 0;
            for (int c = 1; c <= cells[r].length; c++) {
                if (c == cells[r].length || cells[r][c] != cells[r][from]) {
                    if (cells[r][from] != null) {
                        paths.computeIfAbsent(cells[r][from], a -> new Path2D.Double())
                                .append(new Rectangle2D.Double(LEFT + from, y, (double) c - from, pitch - gap), false);
                    }
                    from = c;
                }
            }
        }
        paths.forEach((activity, path) -> {
            graphics.setColor(activity.colour);
            graphics.fill(path);
        });
    }

    private void separators(Graphics2D graphics, int columns, double top) {
        Path2D lines = new Path2D.Double();
        for (int i = 0; i < timeline.size(); i++) {
            Integer at = row.get(timeline.rank(i));
            double width = (timeline.end(i) - timeline.start(i)) / end * columns;
            if (at != null && width >= SEPARATE && timeline.evaluation(i) >= 0) {
                double x = LEFT + timeline.start(i) / end * columns;
                lines.append(new Line2D.Double(x, top + at * pitch + 1, x, top + (at + 1) * pitch - 1), false);
            }
        }
        graphics.setColor(Color.WHITE);
        graphics.setStroke(new BasicStroke(0.7f));
        graphics.draw(lines);
    }

    private void pixels(Graphics2D graphics, Activity[][] cells, int top) {
        BufferedImage image = new BufferedImage(cells[0].length, cells.length, BufferedImage.TYPE_INT_RGB);
        for (int r = 0; r < cells.length; r++) {
            for (int c = 0; c < cells[r].length; c++) {
                image.setRGB(c, r, cells[r][c] == null ? 0xFFFFFF : cells[r][c].colour.getRGB());
            }
        }
        graphics.drawImage(image, LEFT, top, cells[0].length, (int) Math.round(cells.length * pitch), null);
    }

    private void labels(Graphics2D graphics, double top) {
        FontMetrics metrics = graphics.getFontMetrics();
        graphics.setColor(Palette.INK);
        int every = (int) Math.ceil(15 / pitch);
        for (int r = 0; r < ranks.size(); r += every) {
            String text = (r == 0 ? "worker " : "") + ranks.get(r);
            graphics.drawString(
                    text, (float) (LEFT - 6 - metrics.stringWidth(text)), (float) (top + (r + 0.5) * pitch + 4.5));
        }
    }

    private static List<Activity> shown(Activity[][] cells) {
        return Arrays.stream(Activity.values())
                .filter(activity ->
                        Arrays.stream(cells).anyMatch(r -> Arrays.asList(r).contains(activity)))
                .toList();
    }
}
