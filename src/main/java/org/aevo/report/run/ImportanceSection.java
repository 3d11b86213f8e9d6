package org.aevo.report.run;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.aevo.report.ChartStyle;
import org.aevo.report.DataTable;
import org.aevo.report.Figure;
import org.aevo.report.Numbers;
import org.aevo.report.Palette;
import org.aevo.report.Section;
import org.aevo.surrogate.Importance;

/** Which choices mattered: how much of the variance of the fitness each explains. */
final class ImportanceSection {
    private static final int BAR = 8;
    private static final int PITCH = 24;
    private static final int TOP = 52;
    private static final int MAX_LABEL = 220;
    private static final int MAX_BARS = 20;
    /** A forest that explains less of what it has not seen knows too little to be believed. */
    private static final double DOUBTFUL = 0.3;

    private final Importance importance;
    private final Names names;

    ImportanceSection(Importance importance, Names names) {
        this.importance = importance;
        this.names = names;
    }

    Section section() {
        List<Section.Block> blocks = new ArrayList<>();
        blocks.add(new Section.Text("A random forest over " + importance.evaluations()
                + " evaluations explains " + share(importance.known())
                + " of the variance of the fitness (of its logarithm, where it is positive) of those that it has not seen, and "
                + share(importance.knownBetter())
                + " among the better half, where all that is worse than the median counts as the median. By that forest each choice"
                + " explains, over the whole space and by itself, the share that is shown (functional ANOVA, Hutter et al. 2014); "
                + Numbers.percent(Importance.together(importance.kinds()))
                + " is how choices work together. Evaluations without a fitness are left out."));
        if (!(importance.known() >= DOUBTFUL)) {
            blocks.add(new Section.Text(
                    "That is little: with these evaluations the shares are hints at best. More evaluations, or those of a random"
                            + " search, tell more."));
        }
        blocks.add(bars());
        blocks.add(table(
                "importance",
                "Share of the variance that each choice explains by itself: of all, and where all that is worse than the median counts as"
                        + " the median. Choices of a kind together, such as the units of all dense genes.",
                importance.kinds()));
        blocks.add(table(
                "importance-genes",
                "The same of choices one by one. Spatial genes are counted from the samples on, dense ones from the code or the classes"
                        + " on.",
                importance.genes()));
        return new Section(names.of("importance"), "Which choices mattered", blocks);
    }

    private static String share(double known) {
        return Double.isNaN(known) || known < 0 ? "nothing" : Numbers.percent(known);
    }

    private DataTable table(String name, String caption, List<Importance.Choice> choices) {
        List<List<Object>> rows = new ArrayList<>();
        choices.forEach(choice -> rows.add(List.of(choice.name(), choice.share(), choice.better())));
        return new DataTable(names.of(name), caption, List.of("choice", "share", "share_better_half"), rows);
    }

    private Figure bars() {
        List<Importance.Choice> shown =
                importance.kinds().stream().limit(MAX_BARS).toList();
        String title = names.title("Which choices mattered");
        return new Figure(
                names.of("importance"),
                "Share of the variance of the fitness that each choice explains by itself, over the whole space: of all, and where all that is worse than the median counts as the median."
                        + (shown.size() < importance.kinds().size()
                                ? " The " + shown.size() + " largest of "
                                        + importance.kinds().size() + "."
                                : ""),
                ChartStyle.WIDTH,
                TOP + shown.size() * PITCH + 48,
                (graphics, width, height) -> draw(graphics, width, title, shown));
    }

    private static void draw(Graphics2D graphics, int width, String title, List<Importance.Choice> shown) {
        graphics.setFont(ChartStyle.BOLD);
        graphics.setColor(Palette.INK);
        graphics.drawString(title, 8, 18);
        graphics.setFont(ChartStyle.FONT);
        FontMetrics metrics = graphics.getFontMetrics();
        double label = shown.stream()
                .mapToDouble(c -> metrics.stringWidth(Fit.text(c.name(), metrics, MAX_LABEL)))
                .max()
                .orElse(0);
        double most = shown.stream()
                .mapToDouble(c -> Math.max(c.share(), c.better()))
                .max()
                .orElse(1);
        double left = 8 + label + 10;
        double after = metrics.stringWidth("100.0%, 100.0%") + 24;
        key(graphics, metrics, left);
        Ruler ruler = new Ruler(Math.max(0.05, most), left, width - left - after);
        ruler.draw(graphics, TOP, TOP + shown.size() * PITCH, "share of the variance");
        for (int i = 0; i < shown.size(); i++) {
            Importance.Choice choice = shown.get(i);
            double y = TOP + i * PITCH + (PITCH - 2 * BAR) / 2.0;
            String text = Fit.text(choice.name(), metrics, MAX_LABEL);
            graphics.drawString(text, (float) (left - 8 - metrics.stringWidth(text)), (float) (y + 13));
            graphics.setColor(Palette.BLUE);
            graphics.fill(new Rectangle2D.Double(left, y, ruler.x(choice.share()) - left, BAR));
            graphics.setColor(Palette.ORANGE);
            graphics.fill(new Rectangle2D.Double(left, y + BAR, ruler.x(choice.better()) - left, BAR));
            graphics.setColor(Palette.INK);
            graphics.drawString(
                    percents(choice), (float) (ruler.x(Math.max(choice.share(), choice.better())) + 6), (float)
                            (y + 13));
        }
    }

    /** Of both bars, the upper one first. */
    private static String percents(Importance.Choice choice) {
        return Fit.percent(choice.share()) + ", " + Fit.percent(choice.better());
    }

    private static void key(Graphics2D graphics, FontMetrics metrics, double left) {
        graphics.setColor(Palette.BLUE);
        graphics.fill(new Rectangle2D.Double(left, 30, 10, 10));
        graphics.setColor(Palette.ORANGE);
        double second = left + 16 + metrics.stringWidth("of all") + 20;
        graphics.fill(new Rectangle2D.Double(second, 30, 10, 10));
        graphics.setColor(Palette.INK);
        graphics.drawString("of all", (float) (left + 16), 40f);
        graphics.drawString("among the better half", (float) (second + 16), 40f);
    }
}
