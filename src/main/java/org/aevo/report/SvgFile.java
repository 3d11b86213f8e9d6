package org.aevo.report;

/** A figure as SVG: a file by itself, or an element of a page. */
public final class SvgFile {
    /** What Java's sans-serif is on most machines comes first: text is as long as it was measured, in any. */
    private static final String FONTS = "'DejaVu Sans', Verdana, 'Liberation Sans', Arial, sans-serif";

    private SvgFile() {}

    /** The text of a file. */
    public static String of(Figure figure) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + element(figure, true);
    }

    /** The element for a page of HTML, with a label for those who hear the page. */
    static String element(Figure figure) {
        return element(figure, false);
    }

    private static String element(Figure figure, boolean file) {
        SvgGraphics graphics = new SvgGraphics(figure.name());
        graphics.setFont(ChartStyle.FONT);
        figure.drawing().draw(graphics, figure.width(), figure.height());
        StringBuilder svg = new StringBuilder("<svg");
        if (file) {
            svg.append(" xmlns=\"http://www.w3.org/2000/svg\"");
        }
        svg.append(" viewBox=\"0 0 ").append(figure.width()).append(' ').append(figure.height());
        svg.append("\" width=\"").append(figure.width());
        svg.append("\" height=\"").append(figure.height());
        svg.append("\" role=\"img\" aria-label=\"").append(Markup.escape(figure.caption()));
        svg.append("\" font-family=\"").append(FONTS).append("\">\n");
        if (file) {
            svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
        }
        return svg.append(graphics.elements()).append("</svg>\n").toString();
    }
}
