package org.aevo.report;

import java.awt.image.RenderedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.ImageHandlerBase64Encoder;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.apache.batik.svggen.SVGIDGenerator;
import org.apache.batik.svggen.SVGSyntax;
import org.apache.batik.svggen.SimpleImageHandler;
import org.apache.batik.util.SVGConstants;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A figure as SVG: a file by itself, or an element of a page. */
public final class SvgFile {
    /** What Java's sans-serif is on most machines comes first: text is as long as it was measured, in any. */
    private static final String FONTS = "'DejaVu Sans', Verdana, 'Liberation Sans', Arial, sans-serif";

    private SvgFile() {}

    /** The text of a file. */
    public static String of(Figure figure) {
        Element root = element(figure);
        Element paper = root.getOwnerDocument().createElementNS(SVGConstants.SVG_NAMESPACE_URI, "rect");
        paper.setAttribute("width", "100%");
        paper.setAttribute("height", "100%");
        paper.setAttribute("fill", "#ffffff");
        paper.setAttribute("stroke", "none");
        root.insertBefore(paper, root.getFirstChild());
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text(root);
    }

    /** The element for a page of HTML, with a label for those who hear the page. */
    static String inPage(Figure figure) {
        return text(element(figure));
    }

    private static Element element(Figure figure) {
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
        context.setComment(null);
        context.setPrecision(2);
        // identifiers must differ between the figures of one page
        context.setIDGenerator(new SVGIDGenerator() {
            @Override
            public String generateID(String prefix) {
                return super.generateID(figure.name() + "-" + prefix);
            }
        });
        context.setGenericImageHandler(new SimpleImageHandler(new PngImages()));
        SvgGraphics graphics = new SvgGraphics(context);
        graphics.setFont(ChartStyle.FONT);
        figure.drawing().draw(graphics, figure.width(), figure.height());
        Element root = graphics.getRoot();
        root.setAttribute("viewBox", "0 0 " + figure.width() + " " + figure.height());
        root.setAttribute("width", String.valueOf(figure.width()));
        root.setAttribute("height", String.valueOf(figure.height()));
        root.setAttribute("role", "img");
        root.setAttribute("aria-label", Markup.clean(figure.caption()));
        adapt(root);
        return root;
    }

    /** Pictures stand in the text; the generator's own way to write them needs one more library. */
    private static final class PngImages extends ImageHandlerBase64Encoder {
        @Override
        public void encodeImage(RenderedImage image, OutputStream into) throws SVGGraphics2DIOException {
            try {
                PngFile.write(image, into);
            } catch (IOException e) {
                throw new SVGGraphics2DIOException(e.getMessage(), e);
            }
        }
    }

    /** What the generator has no setting for. */
    private static void adapt(Element root) {
        NodeList all = root.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (SVGSyntax.ID_PREFIX_GENERIC_DEFS.equals(element.getAttribute("id"))) {
                element.removeAttribute("id");
            }
            element.removeAttribute("font-family");
            if (element.getTagName().equals("image")) {
                element.setAttribute("style", "image-rendering:pixelated");
            }
        }
        root.setAttribute("font-family", FONTS);
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVGConstants.SVG_NAMESPACE_URI, SVGConstants.SVG_SVG_TAG, null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Element root) {
        StringWriter text = new StringWriter();
        try {
            Transformer writer = TransformerFactory.newInstance().newTransformer();
            writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            writer.transform(new DOMSource(root), new StreamResult(text));
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
        return text.append('\n').toString();
    }
}
