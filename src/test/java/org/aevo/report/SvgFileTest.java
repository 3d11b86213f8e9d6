package org.aevo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class SvgFileTest {
    private static Document parse(Figure.Drawing drawing) throws Exception {
        String svg = SvgFile.of(new Figure("f", "<caption> \"1\"", 100, 50, drawing));
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
        assertEquals("bold", element.getAttribute("font-weight"));
        assertTrue(Double.parseDouble(element.getAttribute("textLength")) > 30);
        assertEquals("<caption> \"1\"", document.getDocumentElement().getAttribute("aria-label"));
    }

    @Test
    void shapesKeepTheirForm() throws Exception {
        Document document = parse((g, w, h) -> {
            g.setColor(new Color(0xAA5500));
            g.translate(5, 5);
            g.scale(2, 2);
            g.fill(new Ellipse2D.Double(1, 2, 3, 4));
            g.setStroke(new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {3, 1}, 0));
            g.draw(new Line2D.Double(0, 0, 10, 0));
        });
        Element ellipse = only(document, "ellipse");
        assertEquals("10", ellipse.getAttribute("cx"));
        assertEquals("13", ellipse.getAttribute("cy"));
        assertEquals("#aa5500", ellipse.getAttribute("fill"));
        Element line = only(document, "path");
        assertEquals("M5 5h20", line.getAttribute("d"));
        assertEquals("3", line.getAttribute("stroke-width"));
        assertEquals("6 2", line.getAttribute("stroke-dasharray"));
    }

    @Test
    void whatHasNoPlaceIsLeftOut() throws Exception {
        Document document = parse((g, w, h) -> {
            g.draw(new Line2D.Double(0, Double.NaN, 10, 0));
            g.fill(new Rectangle2D.Double(1, 1, 0, 5));
            g.setColor(new Color(0, 0, 0, 0));
            g.fill(new Rectangle(1, 1, 5, 5));
            g.drawString("unseen", 1, 1);
        });
        assertEquals(0, document.getElementsByTagName("path").getLength());
        assertEquals(0, document.getElementsByTagName("text").getLength());
        assertEquals(1, document.getElementsByTagName("rect").getLength(), "the background alone");
    }

    @Test
    void clipsCropAndTheirNamesAreTheFiguresOwn() throws Exception {
        Document document = parse((g, w, h) -> {
            Graphics2D part = (Graphics2D) g.create();
            part.clip(new Rectangle(10, 10, 20, 20));
            part.clip(new Rectangle(20, 0, 50, 50));
            part.fill(new Rectangle(0, 0, 100, 50));
            g.fill(new Rectangle(0, 0, 1, 1));
        });
        Element clip = only(document, "clipPath");
        assertEquals("f-clip-0", clip.getAttribute("id"));
        assertEquals("M20 10h10v20h-10v-20z", normalised(((Element) clip.getFirstChild()).getAttribute("d")));
        assertEquals("url(#f-clip-0)", only(document, "g").getAttribute("clip-path"));
        assertEquals(1, only(document, "g").getElementsByTagName("rect").getLength());
    }

    /** An area begins wherever it likes. */
    private static String normalised(String path) {
        Rectangle2D.Double box = new Rectangle2D.Double(20, 10, 10, 20);
        String expected = SvgPath.of(new java.awt.geom.Area(box), new AffineTransform());
        return path.equals(expected) ? SvgPath.of(box, new AffineTransform()) : path;
    }

    @Test
    void pathsAreShort() {
        Path2D path = new Path2D.Double();
        path.append(new Rectangle2D.Double(1.006, 2, 3.1, 4), false);
        assertEquals("M1.01 2h3.1v4h-3.1v-4z", SvgPath.of(path, new AffineTransform()));
        assertEquals("-0.05", SvgPath.number(-0.05));
        assertEquals("100000", SvgPath.number(1e300));
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
