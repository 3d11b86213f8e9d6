package org.aevo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SvgFileTest {
    private static Figure figure(Figure.Drawing drawing) {
        return new Figure("f", "<caption> \"1\"", 100, 50, drawing);
    }

    private static Document parse(Figure.Drawing drawing) throws Exception {
        String svg = SvgFile.of(figure(drawing));
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static Element only(Document document, String name) {
        assertEquals(1, document.getElementsByTagName(name).getLength(), name);
        return (Element) document.getElementsByTagName(name).item(0);
    }

    @Test
    void textStaysTextAsLongAsItWasMeasured() throws Exception {
        String text = "a < b & \uD83E\uDD16 \u0007";
        Document document = parse((g, w, h) -> {
            g.setFont(ChartStyle.BOLD);
            g.drawString(text, 10, 20);
        });
        Element element = only(document, "text");
        assertEquals("a < b & \uD83E\uDD16 \uFFFD", element.getTextContent());
        assertEquals("10", element.getAttribute("x"));
        Element group = (Element) element.getParentNode();
        assertEquals("bold", element.getAttribute("font-weight") + group.getAttribute("font-weight"));
        assertTrue(Double.parseDouble(element.getAttribute("textLength")) > 30);
        assertEquals("<caption> \"1\"", document.getDocumentElement().getAttribute("aria-label"));
    }

    /** What has no place is not written as a number that no reader knows. */
    @Test
    void whatHasNoPlaceIsLeftOut() {
        Figure figure = figure((g, w, h) -> {
            g.draw(new Line2D.Double(0, Double.NaN, 10, 0));
            g.draw(new Line2D.Double(0, Double.POSITIVE_INFINITY, 10, 0));
            g.fill(new Rectangle2D.Double(1, 1, 5, 5));
        });
        String svg = SvgFile.of(figure);
        assertFalse(svg.contains("NaN") || svg.contains("∞") || svg.contains("\uFFFD"), svg);
    }

    /** Two figures of one page must not take each other's clips. */
    @Test
    void clipsCropAndTheirNamesAreTheFiguresOwn() throws Exception {
        Document document = parse((g, w, h) -> {
            Graphics2D part = (Graphics2D) g.create();
            part.clip(new Rectangle(10, 10, 20, 20));
            part.fill(new Rectangle(0, 0, 100, 50));
        });
        assertTrue(document.getElementsByTagName("clipPath").getLength() > 0);
        NodeList all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            String id = ((Element) all.item(i)).getAttribute("id");
            assertTrue(id.isEmpty() || id.startsWith("f-"), id);
        }
    }

    @Test
    void theSamePictureInPixels() throws Exception {
        Figure figure = new Figure("f", "", 100, 50, (g, w, h) -> {
            g.setColor(Color.RED);
            g.fill(new Rectangle(0, 0, 50, 50));
        });
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(PngFile.of(figure)));
        assertEquals(200, image.getWidth());
        assertEquals(0xFFFF0000, image.getRGB(10, 10));
        assertEquals(0xFFFFFFFF, image.getRGB(150, 10));
    }

    @Test
    void chartsWithoutValuesSaySo() throws Exception {
        Figure empty = XyChart.of("x", "y")
                .log(2, 10)
                .line("a", new double[] {1, Double.NaN}, new double[] {Double.NaN, 1}, Color.BLACK, 0)
                .figure("f", "");
        assertTrue(SvgFile.of(empty).contains(">no values<"));
        Figure one = XyChart.of("x", "y")
                .spread("a", new double[] {3}, new double[] {3}, new double[] {3}, new double[] {3}, Color.BLACK, 0)
                .figure("f", "");
        assertFalse(SvgFile.of(one).contains("no values"));
    }
}
