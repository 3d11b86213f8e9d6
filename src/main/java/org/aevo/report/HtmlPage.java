package org.aevo.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A report as one page of HTML that needs nothing else: style and figures are in it, there are no scripts. The links to
 * the files beside it are relative.
 */
public final class HtmlPage {
    /** Longer tables are in their file alone. */
    static final int MAX_ROWS = 40;

    /** Texts of fewer characters stay in one line of a table. */
    private static final int SHORT = 28;
    /** What fits paper; page.css hides the others there. */
    private static final int PRINTED_COLUMNS = 10;

    private final StringBuilder html = new StringBuilder();
    private final Function<Figure, String> svg;

    private HtmlPage(Function<Figure, String> svg) {
        this.svg = svg;
    }

    /** The text of the page. */
    public static String of(Report report) {
        HtmlPage page = new HtmlPage(SvgFile::inPage);
        page.write(report);
        return page.html.toString();
    }

    private void write(Report report) {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                // whatever a text may have smuggled in, nothing is fetched and nothing runs
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src ")
                .append("'unsafe-inline'; img-src data:\">\n")
                .append("<link rel=\"icon\" href=\"data:,\">\n<meta name=\"generator\" content=\"")
                .append(Markup.escape(report.createdBy()))
                .append("\">\n<title>")
                .append(Markup.escape(report.title()))
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n<header>\n<h1>")
                .append(Markup.escape(report.title()))
                .append("</h1>\n<p class=\"lead\">")
                .append(Markup.escape(report.lead()))
                .append("</p>\n</header>\n");
        contents(report.sections());
        html.append("<main>\n");
        report.sections().forEach(this::section);
        html.append("</main>\n<footer>Made by ")
                .append(Markup.escape(report.createdBy()))
                .append(". Numbers in full precision are in the CSV files.</footer>\n</body>\n</html>\n");
    }

    private void contents(List<Section> sections) {
        html.append("<nav aria-label=\"Contents\">\n<ol>\n");
        for (Section section : sections) {
            html.append("<li><a href=\"#")
                    .append(section.id())
                    .append("\">")
                    .append(Markup.escape(section.title()))
                    .append("</a></li>\n");
        }
        html.append("</ol>\n</nav>\n");
    }

    private void section(Section section) {
        html.append("<section id=\"")
                .append(section.id())
                .append("\" aria-labelledby=\"")
                .append(section.id())
                .append("-h\">\n<h2 id=\"")
                .append(section.id())
                .append("-h\">")
                .append(Markup.escape(section.title()))
                .append("</h2>\n");
        section.blocks().forEach(this::block);
        html.append("</section>\n");
    }

    private void block(Section.Block block) {
        if (block instanceof Section.Text text) {
            html.append("<p>").append(Markup.escape(text.text())).append("</p>\n");
        } else if (block instanceof Section.Warning warning) {
            html.append("<p class=\"warning\" role=\"note\">")
                    .append(Markup.escape(warning.text()))
                    .append("</p>\n");
        } else if (block instanceof Figure figure) {
            figure(figure);
        } else if (block instanceof DataTable table) {
            table(table);
        }
    }

    private void figure(Figure figure) {
        html.append("<figure id=\"figure-")
                .append(figure.name())
                .append("\">\n")
                .append(svg.apply(figure));
        html.append("<figcaption>").append(Markup.escape(figure.caption())).append(" <span class=\"files\">");
        link(ReportFiles.svg(figure), "SVG");
        html.append(' ');
        link(ReportFiles.png(figure), "PNG");
        html.append("</span></figcaption>\n</figure>\n");
    }

    private void table(DataTable table) {
        boolean shown = table.rows().size() <= MAX_ROWS;
        html.append("<div class=\"table\" id=\"table-")
                .append(table.name())
                .append("\">\n<p class=\"caption\" id=\"")
                .append(table.name())
                .append("-c\">")
                .append(Markup.escape(table.caption()))
                .append(" <span class=\"files\">");
        link(ReportFiles.csv(table), shown ? "CSV" : "CSV, " + table.rows().size() + " rows");
        html.append("</span></p>\n");
        if (shown) {
            rows(table);
        }
        html.append("</div>\n");
    }

    private void rows(DataTable table) {
        // those who use no mouse can scroll it too
        html.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"")
                .append(table.name())
                .append(table.header().size() > PRINTED_COLUMNS ? "-c\"><table class=\"wide\">" : "-c\"><table>")
                .append("\n<thead><tr>");
        List<PageColumn> columns = new ArrayList<>();
        for (int i = 0; i < table.header().size(); i++) {
            PageColumn column = PageColumn.of(table, i);
            columns.add(column);
            html.append("<th scope=\"col\"")
                    .append(column.numeric() ? " class=\"n\">" : ">")
                    .append(Markup.escape(table.header().get(i).replace('_', ' ')))
                    .append("</th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        for (List<Object> row : table.rows()) {
            html.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                String text = columns.get(i).text(row.get(i));
                html.append(
                                columns.get(i).numeric()
                                        ? "<td class=\"n\">"
                                        : text.length() < SHORT ? "<td class=\"s\">" : "<td class=\"l\">")
                        .append(Markup.escape(text))
                        .append("</td>");
            }
            html.append("</tr>\n");
        }
        html.append("</tbody>\n</table></div>\n");
        if (table.header().size() > PRINTED_COLUMNS) {
            html.append("<p class=\"caption printed\">")
                    .append(table.header().size() - PRINTED_COLUMNS)
                    .append(" further columns do not fit the paper; the CSV has them.</p>\n");
        }
    }

    private void link(String file, String text) {
        html.append("<a href=\"").append(file).append("\">").append(text).append("</a>");
    }

    private static String style() {
        try (InputStream css = HtmlPage.class.getResourceAsStream("page.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
