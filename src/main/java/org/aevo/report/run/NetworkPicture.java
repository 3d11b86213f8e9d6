package org.aevo.report.run;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Layer;
import org.aevo.network.Node;
import org.aevo.network.Shape;
import org.aevo.report.ChartStyle;
import org.aevo.report.Figure;
import org.aevo.report.Palette;

/**
 * A network from top to bottom: a box for each layer, as wide as the logarithm of how many values it gives, so that the
 * narrow code, or the few classes, show; beside it what it is. What a layer takes from another than the one before it comes as an arrow from
 * the left.
 */
final class NetworkPicture {
    /** Of more, a picture would be longer than anybody looks at. */
    static final int MOST_LAYERS = 200;

    /** Of more, nobody could follow any. */
    private static final int MOST_LINES = 2 * MOST_LAYERS;

    private static final int TOP = 76;
    private static final int MOST_PITCH = 26;
    private static final int LEAST_PITCH = 19;
    /** Rows that may have the largest pitch. */
    private static final int FEW = 24;

    private static final int MARGIN = 10;
    private static final int MOST_LANES_WIDTH = 130;
    private static final int LANE = 14;
    private static final int WIDEST = 168;
    private static final int NARROWEST = 24;
    private static final int CORNER = 5;
    private static final List<Color> ARROWS = List.of(Palette.VERMILLION, Palette.PURPLE, Palette.BLACK);

    private final Blueprint network;
    private final SkipLanes lanes;
    private final double pitch;
    private final String title;
    private final Set<String> encoder = new HashSet<>();

    private NetworkPicture(Blueprint network, String title) {
        this.network = network;
        this.title = title;
        this.lanes = new SkipLanes(network);
        int rows = network.nodes().size() + 1;
        this.pitch = Math.max(LEAST_PITCH, Math.min(MOST_PITCH, (double) MOST_PITCH * FEW / rows));
        network.latent().ifPresent(latent -> network.upTo(latent.name()).forEach(node -> encoder.add(node.name())));
    }

    /** Whether a picture would show anything: of at most {@value #MOST_LAYERS} layers, and as many sums of two. */
    static boolean shows(Blueprint network) {
        long lines =
                network.nodes().stream().mapToLong(node -> node.inputs().size()).sum();
        return network.nodes().size() <= MOST_LAYERS && lines <= MOST_LINES;
    }

    /**
     * The figure.
     *
     * @param network one that it {@link #shows}
     * @param id of the candidate whose network it is
     */
    static Figure of(Names names, Blueprint network, long id) {
        NetworkPicture picture = new NetworkPicture(network, names.title("The best network"));
        return new Figure(
                names.of("network"),
                "The network of candidate " + id + ". The wider a box, the more values a layer gives, on a"
                        + " logarithmic scale. Each layer takes what the one before it gives"
                        + (picture.lanes.arrows().isEmpty() ? "." : ", or what arrows at the left lead to it.")
                        + " What: kernel and, behind the stroke, stride.",
                ChartStyle.WIDTH,
                (int) Math.ceil(TOP + (network.nodes().size() + 1) * picture.pitch + 8),
                (graphics, width, height) -> picture.draw(graphics, width));
    }

    private void draw(Graphics2D graphics, int width) {
        graphics.setColor(Palette.INK);
        graphics.setFont(ChartStyle.BOLD);
        graphics.drawString(title, 8, 18);
        graphics.setFont(ChartStyle.FONT);
        legend(graphics);
        double spacing = lanes.count() == 0 ? 0 : Math.min(LANE, (double) MOST_LANES_WIDTH / lanes.count());
        double middle = MARGIN + spacing * lanes.count() + 12 + WIDEST / 2.0;
        double[] widths = widths();
        for (int row = 0; row < widths.length; row++) {
            box(graphics, row, middle, widths[row]);
        }
        for (SkipLanes.Arrow arrow : lanes.arrows()) {
            double x = middle - WIDEST / 2.0 - 12 - spacing * (arrow.lane() + 0.5);
            arrow(graphics, arrow, x, middle, widths);
        }
        texts(graphics, middle + WIDEST / 2.0 + 16, width - MARGIN);
    }

    private void legend(Graphics2D graphics) {
        double x = 8;
        if (network.latent().isPresent()) {
            x = encoder.size() > 1 ? key(graphics, x, Palette.SKY, "encoder") : x;
            x = key(graphics, x, Palette.ORANGE, "code");
            key(graphics, x, Palette.GREEN, "decoder");
        } else if (isClassifier()) {
            boolean features = network.nodes().stream().anyMatch(this::isFeature);
            boolean head = network.nodes().stream().anyMatch(node -> !isFeature(node) && !isResult(node));
            x = features ? key(graphics, x, Palette.SKY, "features") : x;
            x = head ? key(graphics, x, Palette.GREEN, "head") : x;
            key(graphics, x, Palette.ORANGE, "probabilities of the classes");
        }
    }

    private static double key(Graphics2D graphics, double x, Color colour, String text) {
        fill(graphics, new Rectangle2D.Double(x, 28, 12, 12), colour);
        graphics.setColor(Palette.INK);
        graphics.drawString(text, (float) x + 17, 39);
        return x + 35 + graphics.getFontMetrics().stringWidth(text);
    }

    private static void fill(Graphics2D graphics, java.awt.Shape shape, Color colour) {
        graphics.setColor(colour);
        graphics.fill(shape);
        graphics.setColor(Palette.INK);
        graphics.setStroke(new BasicStroke(0.8f));
        graphics.draw(shape);
    }

    /** Of the samples, then of each layer. */
    private Shape shape(int row) {
        return row == 0 ? network.input() : network.nodes().get(row - 1).layer().output();
    }

    private double[] widths() {
        double[] widths = new double[network.nodes().size() + 1];
        double most = 1;
        for (int row = 0; row < widths.length; row++) {
            most = Math.max(most, Math.log(shape(row).size()));
        }
        for (int row = 0; row < widths.length; row++) {
            boolean join = row > 0 && network.nodes().get(row - 1).layer() instanceof Layer.Join;
            widths[row] = join
                    ? tall() + 2
                    : NARROWEST + (WIDEST - NARROWEST) * Math.log(shape(row).size()) / most;
        }
        return widths;
    }

    private double tall() {
        return pitch - 6;
    }

    private double y(int row) {
        return TOP + (row + 0.5) * pitch;
    }

    private void box(Graphics2D graphics, int row, double middle, double width) {
        double top = y(row) - tall() / 2;
        Rectangle2D box = new Rectangle2D.Double(middle - width / 2, top, width, tall());
        if (row == 0) {
            fill(graphics, box, Palette.GRID);
            return;
        }
        Node node = network.nodes().get(row - 1);
        if (lanes.isFromBefore(row)) {
            graphics.setColor(Palette.INK);
            graphics.setStroke(new BasicStroke(1.4f));
            graphics.draw(new Line2D.Double(middle, y(row - 1) + tall() / 2, middle, top));
        }
        if (node.layer() instanceof Layer.Join) {
            fill(graphics, new Ellipse2D.Double(middle - width / 2, top - 1, width, width), colour(node));
            double arm = width / 2 - 3.5;
            graphics.setStroke(new BasicStroke(1.4f));
            graphics.draw(new Line2D.Double(middle - arm, y(row), middle + arm, y(row)));
            graphics.draw(new Line2D.Double(middle, y(row) - arm, middle, y(row) + arm));
        } else {
            fill(graphics, box, colour(node));
            if (isResult(node)) {
                // colours are alike in grey
                graphics.setStroke(new BasicStroke(2.4f));
                graphics.draw(box);
            }
        }
    }

    private boolean isCode(Node node) {
        return network.latent().map(Node::name).filter(node.name()::equals).isPresent();
    }

    private boolean isClassifier() {
        return network.outputActivation() == Activation.SOFTMAX;
    }

    /** Of a classifier: convolutions and poolings, and what adds them up. */
    private boolean isFeature(Node node) {
        return !(node.layer() instanceof Layer.Dense);
    }

    /** What the network is for: the code, or a classifier's probabilities. */
    private boolean isResult(Node node) {
        return isCode(node)
                || isClassifier() && node.name().equals(network.outputs().get(Blueprint.OUTPUT));
    }

    private Color colour(Node node) {
        if (isResult(node)) {
            return Palette.ORANGE;
        }
        if (isClassifier()) {
            return isFeature(node) ? Palette.SKY : Palette.GREEN;
        }
        return network.latent().isEmpty() || encoder.contains(node.name()) ? Palette.SKY : Palette.GREEN;
    }

    /** Out of the lower half of one box, down its lane, and into the upper half of another. */
    private void arrow(Graphics2D graphics, SkipLanes.Arrow arrow, double x, double middle, double[] widths) {
        double from = y(arrow.from()) + tall() / 5;
        double to = y(arrow.to()) - tall() / 5;
        double end = middle - widths[arrow.to()] / 2 - 1;
        Path2D path = new Path2D.Double();
        path.moveTo(middle - widths[arrow.from()] / 2, from);
        path.lineTo(x + CORNER, from);
        path.quadTo(x, from, x, from + CORNER);
        path.lineTo(x, to - CORNER);
        path.quadTo(x, to, x + CORNER, to);
        path.lineTo(end - 5, to);
        graphics.setColor(ARROWS.get(arrow.lane() % ARROWS.size()));
        graphics.setStroke(new BasicStroke(1.5f));
        graphics.draw(path);
        Path2D head = new Path2D.Double();
        head.moveTo(end, to);
        head.lineTo(end - 7, to - 3.5);
        head.lineTo(end - 7, to + 3.5);
        head.closePath();
        graphics.fill(head);
    }

    /** Name, what it is, output and parameters of each row, under a head. */
    private void texts(Graphics2D graphics, double left, double right) {
        FontMetrics metrics = graphics.getFontMetrics();
        String[][] rows = new String[network.nodes().size() + 2][];
        rows[0] = new String[] {"layer", "what", "output", "parameters"};
        rows[1] = new String[] {Blueprint.INPUT, "", network.input().toString(), ""};
        for (int i = 0; i < network.nodes().size(); i++) {
            Layer layer = network.nodes().get(i).layer();
            rows[i + 2] = new String[] {
                layer.name(),
                Layers.brief(layer),
                layer.output().toString(),
                layer.parameters() == 0 ? "" : Long.toString(layer.parameters())
            };
        }
        double[] wide = new double[rows[0].length];
        for (String[] row : rows) {
            for (int i = 0; i < wide.length; i++) {
                wide[i] = Math.max(wide[i], metrics.stringWidth(row[i]));
            }
        }
        double gap = 14;
        // the two last columns are as wide as they are; names give way before what they name
        double rest = right - left - wide[2] - wide[3] - 3 * gap;
        double what = Math.min(wide[1], Math.max(rest - wide[0], 0.62 * rest));
        double name = Math.min(wide[0], rest - what);
        for (int i = 0; i < rows.length; i++) {
            float y = (float) (y(i - 1) + 4.5);
            graphics.setColor(i == 0 ? Palette.GREY : Palette.INK);
            graphics.drawString(Fit.text(rows[i][0], metrics, name), (float) left, y);
            graphics.drawString(Fit.text(rows[i][1], metrics, what), (float) (left + name + gap), y);
            graphics.drawString(rows[i][2], (float) (right - wide[3] - gap - metrics.stringWidth(rows[i][2])), y);
            graphics.drawString(rows[i][3], (float) (right - metrics.stringWidth(rows[i][3])), y);
        }
    }
}
