package org.aevo.report;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Image;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/**
 * Draws into the text of an SVG. Text stays text, as long as it was measured whatever font the reader has; colours are
 * plain ones; coordinates are rounded to hundredths.
 */
final class SvgGraphics extends VectorGraphics {
    private final Page page;

    /** What all graphics of one drawing write to. */
    private static final class Page {
        final String id;
        final StringBuilder body = new StringBuilder();
        String clip = "";
        int clips;

        Page(String id) {
            this.id = id;
        }
    }

    /**
     * @param id prefix of the identifiers in the text: they must differ between the drawings of one page
     */
    SvgGraphics(String id) {
        this.page = new Page(id);
    }

    private SvgGraphics(SvgGraphics other) {
        super(other);
        this.page = other.page;
    }

    /** What was drawn, as elements to stand inside {@code <svg>}. */
    String elements() {
        intoClip("");
        return page.body.toString();
    }

    @Override
    public SvgGraphics create() {
        return new SvgGraphics(this);
    }

    @Override
    public void draw(Shape shape) {
        if (!(getStroke() instanceof BasicStroke stroke)) {
            fill(getStroke().createStrokedShape(shape));
            return;
        }
        String data = SvgPath.of(shape, getTransform());
        if (data.isEmpty() || isTransparent()) {
            return;
        }
        double scale = Math.sqrt(Math.abs(getTransform().getDeterminant()));
        StringBuilder element = new StringBuilder("<path d=\"").append(data).append("\" fill=\"none\"");
        colour(element, "stroke");
        // a line of width 0 is the thinnest that can be seen
        attribute(element, "stroke-width", stroke.getLineWidth() == 0 ? 0.5 : stroke.getLineWidth() * scale);
        if (stroke.getDashArray() != null) {
            StringBuilder dashes = new StringBuilder();
            for (float dash : stroke.getDashArray()) {
                dashes.append(dashes.isEmpty() ? "" : " ").append(SvgPath.number(dash * scale));
            }
            element.append(" stroke-dasharray=\"").append(dashes).append('"');
        }
        if (stroke.getEndCap() != BasicStroke.CAP_BUTT) {
            element.append(" stroke-linecap=\"")
                    .append(stroke.getEndCap() == BasicStroke.CAP_ROUND ? "round" : "square")
                    .append('"');
        }
        if (stroke.getLineJoin() != BasicStroke.JOIN_MITER) {
            element.append(" stroke-linejoin=\"")
                    .append(stroke.getLineJoin() == BasicStroke.JOIN_ROUND ? "round" : "bevel")
                    .append('"');
        }
        add(element.append("/>"));
    }

    @Override
    public void fill(Shape shape) {
        if (isTransparent()) {
            return;
        }
        StringBuilder element = new StringBuilder();
        boolean upright = getTransform().getShearX() == 0 && getTransform().getShearY() == 0;
        if (upright && (shape instanceof Rectangle2D || shape instanceof Ellipse2D)) {
            Rectangle2D box =
                    getTransform().createTransformedShape(shape.getBounds2D()).getBounds2D();
            if (!(box.getWidth() > 0 && box.getHeight() > 0)) {
                return;
            }
            if (shape instanceof Rectangle2D) {
                element.append("<rect");
                attribute(element, "x", box.getX());
                attribute(element, "y", box.getY());
                attribute(element, "width", box.getWidth());
                attribute(element, "height", box.getHeight());
            } else {
                element.append("<ellipse");
                attribute(element, "cx", box.getCenterX());
                attribute(element, "cy", box.getCenterY());
                attribute(element, "rx", box.getWidth() / 2);
                attribute(element, "ry", box.getHeight() / 2);
            }
        } else {
            String data = SvgPath.of(shape, getTransform());
            if (data.isEmpty()) {
                return;
            }
            element.append("<path d=\"").append(data).append('"');
        }
        colour(element, "fill");
        add(element.append("/>"));
    }

    @Override
    public void drawString(String text, float x, float y) {
        if (text.isBlank() || isTransparent()) {
            return;
        }
        Font font = getFont();
        AffineTransform transform = getTransform();
        Point2D at = transform.transform(new Point2D.Double(x, y), null);
        double length = font.getStringBounds(text, getFontRenderContext()).getWidth();
        StringBuilder element = new StringBuilder("<text");
        boolean moved = (transform.getType() & ~AffineTransform.TYPE_TRANSLATION) == 0;
        attribute(element, "x", moved ? at.getX() : 0);
        attribute(element, "y", moved ? at.getY() : 0);
        if (!moved) {
            element.append(" transform=\"matrix(");
            double[] m = {
                transform.getScaleX(),
                transform.getShearY(),
                transform.getShearX(),
                transform.getScaleY(),
                at.getX(),
                at.getY()
            };
            for (int i = 0; i < m.length; i++) {
                element.append(i == 0 ? "" : " ").append(SvgPath.number(m[i]));
            }
            element.append(")\"");
        }
        attribute(element, "font-size", font.getSize2D());
        if (font.isBold()) {
            element.append(" font-weight=\"bold\"");
        }
        if (font.isItalic()) {
            element.append(" font-style=\"italic\"");
        }
        attribute(element, "textLength", length);
        element.append(" lengthAdjust=\"spacingAndGlyphs\"");
        colour(element, "fill");
        add(element.append('>').append(Markup.escape(text)).append("</text>"));
    }

    @Override
    void drawPicture(Image image, AffineTransform placed) {
        AffineTransform all = getTransform();
        all.concatenate(placed);
        Rectangle2D box = all.createTransformedShape(
                        new Rectangle2D.Double(0, 0, image.getWidth(null), image.getHeight(null)))
                .getBounds2D();
        StringBuilder element = new StringBuilder("<image");
        attribute(element, "x", box.getX());
        attribute(element, "y", box.getY());
        attribute(element, "width", box.getWidth());
        attribute(element, "height", box.getHeight());
        element.append(
                        " preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"data:image/png;base64,")
                .append(png(image))
                .append("\"/>");
        add(element);
    }

    private static String png(Image image) {
        RenderedImage pixels;
        if (image instanceof RenderedImage rendered) {
            pixels = rendered;
        } else {
            BufferedImage copy =
                    new BufferedImage(image.getWidth(null), image.getHeight(null), BufferedImage.TYPE_INT_ARGB);
            copy.createGraphics().drawImage(image, 0, 0, null);
            pixels = copy;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(pixels, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private void add(CharSequence element) {
        intoClip(clipData());
        page.body.append(element).append('\n');
    }

    /** What is drawn under one clip after another stands in one group. */
    private void intoClip(String data) {
        if (data.equals(page.clip)) {
            return;
        }
        if (!page.clip.isEmpty()) {
            page.body.append("</g>\n");
        }
        page.clip = data;
        if (!data.isEmpty()) {
            String id = page.id + "-clip-" + page.clips++;
            page.body
                    .append("<clipPath id=\"")
                    .append(id)
                    .append("\"><path d=\"")
                    .append(data)
                    .append("\"/></clipPath>\n<g clip-path=\"url(#")
                    .append(id)
                    .append(")\">\n");
        }
    }

    private String clipData() {
        return deviceClip()
                .map(shape -> SvgPath.of(shape, new AffineTransform()))
                .orElse("");
    }

    private double opacity() {
        double composite = getComposite() instanceof AlphaComposite alpha ? alpha.getAlpha() : 1;
        return composite * getColor().getAlpha() / 255;
    }

    private boolean isTransparent() {
        return opacity() == 0;
    }

    private void colour(StringBuilder element, String property) {
        Color colour = getColor();
        element.append(' ').append(property).append(String.format("=\"#%06x\"", colour.getRGB() & 0xFFFFFF));
        double opacity = opacity();
        if (opacity < 1) {
            attribute(element, property + "-opacity", opacity);
        }
    }

    private static void attribute(StringBuilder element, String name, double value) {
        element.append(' ')
                .append(name)
                .append("=\"")
                .append(SvgPath.number(value))
                .append('"');
    }
}
