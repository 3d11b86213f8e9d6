package org.aevo.report;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Composite;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.GraphicsConfiguration;
import java.awt.Image;
import java.awt.Paint;
import java.awt.Polygon;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.NoninvertibleTransformException;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.BufferedImageOp;
import java.awt.image.ImageObserver;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.text.AttributedCharacterIterator;
import java.text.CharacterIterator;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a {@link Graphics2D} that has no pixels, and all of its methods in terms of four: {@link #draw}, {@link
 * #fill}, {@link #drawString(String, float, float)} and {@link #drawPicture}. Long, for the class that it extends is.
 */
abstract class VectorGraphics extends Graphics2D {
    private AffineTransform transform = new AffineTransform();
    /** In coordinates of the page; empty for everything. */
    private Optional<Shape> clip = Optional.empty();

    private Color colour = Color.BLACK;
    private Color background = Color.WHITE;
    private Stroke stroke = new BasicStroke();
    private Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private Composite composite = AlphaComposite.SrcOver;
    private final RenderingHints hints = new RenderingHints(null);
    /** Measures text. */
    private final Graphics2D metrics;

    VectorGraphics() {
        metrics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB).createGraphics();
        metrics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        metrics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    }

    VectorGraphics(VectorGraphics other) {
        transform = new AffineTransform(other.transform);
        clip = other.clip;
        colour = other.colour;
        background = other.background;
        stroke = other.stroke;
        font = other.font;
        composite = other.composite;
        hints.add(other.hints);
        metrics = other.metrics;
    }

    /** Draws a picture, placed by a transform within the current one. */
    abstract void drawPicture(Image image, AffineTransform placed);

    /** The clip in coordinates of the page. */
    final Optional<Shape> deviceClip() {
        return clip;
    }

    // --- transform

    @Override
    public final void translate(int x, int y) {
        transform.translate(x, y);
    }

    @Override
    public final void translate(double x, double y) {
        transform.translate(x, y);
    }

    @Override
    public final void rotate(double angle) {
        transform.rotate(angle);
    }

    @Override
    public final void rotate(double angle, double x, double y) {
        transform.rotate(angle, x, y);
    }

    @Override
    public final void scale(double x, double y) {
        transform.scale(x, y);
    }

    @Override
    public final void shear(double x, double y) {
        transform.shear(x, y);
    }

    @Override
    public final void transform(AffineTransform more) {
        transform.concatenate(more);
    }

    @Override
    public final void setTransform(AffineTransform other) {
        transform = new AffineTransform(other);
    }

    @Override
    public final AffineTransform getTransform() {
        return new AffineTransform(transform);
    }

    // --- clip

    @Override
    public final void setClip(Shape shape) {
        clip = Optional.ofNullable(shape).map(transform::createTransformedShape);
    }

    @Override
    public final void setClip(int x, int y, int width, int height) {
        setClip(new Rectangle(x, y, width, height));
    }

    @Override
    public final void clip(Shape shape) {
        if (clip.isEmpty() || shape == null) {
            setClip(shape);
            return;
        }
        Area both = new Area(clip.get());
        both.intersect(new Area(transform.createTransformedShape(shape)));
        clip = Optional.of(both);
    }

    @Override
    public final void clipRect(int x, int y, int width, int height) {
        clip(new Rectangle(x, y, width, height));
    }

    @Override
    public final Shape getClip() {
        try {
            AffineTransform inverse = transform.createInverse();
            return clip.map(inverse::createTransformedShape).orElse(null);
        } catch (NoninvertibleTransformException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public final Rectangle getClipBounds() {
        Shape shape = getClip();
        return shape == null ? null : shape.getBounds();
    }

    // --- colours, strokes, fonts

    @Override
    public final void setPaint(Paint paint) {
        if (paint instanceof Color plain) {
            colour = plain;
        } else if (paint != null) {
            throw new IllegalArgumentException("only plain colours can be drawn, was " + paint);
        }
    }

    @Override
    public final Paint getPaint() {
        return colour;
    }

    @Override
    public final void setColor(Color other) {
        setPaint(other);
    }

    @Override
    public final Color getColor() {
        return colour;
    }

    @Override
    public final void setBackground(Color other) {
        background = other;
    }

    @Override
    public final Color getBackground() {
        return background;
    }

    @Override
    public final void setStroke(Stroke other) {
        stroke = other;
    }

    @Override
    public final Stroke getStroke() {
        return stroke;
    }

    @Override
    public final void setComposite(Composite other) {
        composite = other;
    }

    @Override
    public final Composite getComposite() {
        return composite;
    }

    @Override
    public final void setPaintMode() {
        composite = AlphaComposite.SrcOver;
    }

    @Override
    public final void setXORMode(Color other) {
        throw new UnsupportedOperationException("there are no pixels to combine with");
    }

    @Override
    public final void setFont(Font other) {
        font = other == null ? font : other;
    }

    @Override
    public final Font getFont() {
        return font;
    }

    @Override
    public final FontMetrics getFontMetrics(Font of) {
        return metrics.getFontMetrics(of);
    }

    @Override
    public final FontRenderContext getFontRenderContext() {
        return metrics.getFontRenderContext();
    }

    @Override
    public final void setRenderingHint(RenderingHints.Key key, Object value) {
        hints.put(key, value);
    }

    @Override
    public final Object getRenderingHint(RenderingHints.Key key) {
        return hints.get(key);
    }

    @Override
    public final void setRenderingHints(Map<?, ?> others) {
        hints.clear();
        hints.putAll(others);
    }

    @Override
    public final void addRenderingHints(Map<?, ?> others) {
        hints.putAll(others);
    }

    @Override
    public final RenderingHints getRenderingHints() {
        return (RenderingHints) hints.clone();
    }

    // --- shapes

    @Override
    public final void drawLine(int x1, int y1, int x2, int y2) {
        draw(new Line2D.Double(x1, y1, x2, y2));
    }

    @Override
    public final void fillRect(int x, int y, int width, int height) {
        fill(new Rectangle(x, y, width, height));
    }

    @Override
    public final void clearRect(int x, int y, int width, int height) {
        Color before = colour;
        colour = background;
        fillRect(x, y, width, height);
        colour = before;
    }

    @Override
    public final void drawRoundRect(int x, int y, int width, int height, int arcWidth, int arcHeight) {
        draw(new RoundRectangle2D.Double(x, y, width, height, arcWidth, arcHeight));
    }

    @Override
    public final void fillRoundRect(int x, int y, int width, int height, int arcWidth, int arcHeight) {
        fill(new RoundRectangle2D.Double(x, y, width, height, arcWidth, arcHeight));
    }

    @Override
    public final void drawOval(int x, int y, int width, int height) {
        draw(new Ellipse2D.Double(x, y, width, height));
    }

    @Override
    public final void fillOval(int x, int y, int width, int height) {
        fill(new Ellipse2D.Double(x, y, width, height));
    }

    @Override
    public final void drawArc(int x, int y, int width, int height, int start, int angle) {
        draw(new Arc2D.Double(x, y, width, height, start, angle, Arc2D.OPEN));
    }

    @Override
    public final void fillArc(int x, int y, int width, int height, int start, int angle) {
        fill(new Arc2D.Double(x, y, width, height, start, angle, Arc2D.PIE));
    }

    @Override
    public final void drawPolyline(int[] x, int[] y, int count) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < count; i++) {
            if (i == 0) {
                path.moveTo(x[i], y[i]);
            } else {
                path.lineTo(x[i], y[i]);
            }
        }
        draw(path);
    }

    @Override
    public final void drawPolygon(int[] x, int[] y, int count) {
        draw(new Polygon(x, y, count));
    }

    @Override
    public final void fillPolygon(int[] x, int[] y, int count) {
        fill(new Polygon(x, y, count));
    }

    // --- text

    @Override
    public final void drawString(String text, int x, int y) {
        drawString(text, (float) x, (float) y);
    }

    @Override
    public final void drawString(AttributedCharacterIterator text, int x, int y) {
        drawString(text, (float) x, (float) y);
    }

    @Override
    public final void drawString(AttributedCharacterIterator text, float x, float y) {
        StringBuilder plain = new StringBuilder();
        for (char c = text.first(); c != CharacterIterator.DONE; c = text.next()) {
            plain.append(c);
        }
        drawString(plain.toString(), x, y);
    }

    @Override
    public final void drawGlyphVector(GlyphVector glyphs, float x, float y) {
        fill(glyphs.getOutline(x, y));
    }

    // --- pictures

    @Override
    public final boolean drawImage(Image image, AffineTransform placed, ImageObserver observer) {
        drawPicture(image, placed);
        return true;
    }

    @Override
    public final void drawImage(BufferedImage image, BufferedImageOp operation, int x, int y) {
        drawPicture(
                operation == null ? image : operation.filter(image, null), AffineTransform.getTranslateInstance(x, y));
    }

    @Override
    public final void drawRenderedImage(RenderedImage image, AffineTransform placed) {
        throw new UnsupportedOperationException("draw a BufferedImage");
    }

    @Override
    public final void drawRenderableImage(RenderableImage image, AffineTransform placed) {
        throw new UnsupportedOperationException("draw a BufferedImage");
    }

    @Override
    public final boolean drawImage(Image image, int x, int y, ImageObserver observer) {
        return drawImage(image, x, y, image.getWidth(null), image.getHeight(null), observer);
    }

    @Override
    public final boolean drawImage(Image image, int x, int y, Color behind, ImageObserver observer) {
        return drawImage(image, x, y, observer);
    }

    @Override
    public final boolean drawImage(Image image, int x, int y, int width, int height, ImageObserver observer) {
        AffineTransform placed = AffineTransform.getTranslateInstance(x, y);
        placed.scale((double) width / image.getWidth(null), (double) height / image.getHeight(null));
        drawPicture(image, placed);
        return true;
    }

    @Override
    public final boolean drawImage(
            Image image, int x, int y, int width, int height, Color behind, ImageObserver observer) {
        return drawImage(image, x, y, width, height, observer);
    }

    @Override
    public final boolean drawImage(
            Image image,
            int dx1,
            int dy1,
            int dx2,
            int dy2,
            int sx1,
            int sy1,
            int sx2,
            int sy2,
            ImageObserver observer) {
        BufferedImage part = new BufferedImage(sx2 - sx1, sy2 - sy1, BufferedImage.TYPE_INT_ARGB);
        part.createGraphics().drawImage(image, -sx1, -sy1, null);
        return drawImage(part, dx1, dy1, dx2 - dx1, dy2 - dy1, observer);
    }

    @Override
    public final boolean drawImage(
            Image image,
            int dx1,
            int dy1,
            int dx2,
            int dy2,
            int sx1,
            int sy1,
            int sx2,
            int sy2,
            Color behind,
            ImageObserver observer) {
        return drawImage(image, dx1, dy1, dx2, dy2, sx1, sy1, sx2, sy2, observer);
    }

    // --- what there is not

    @Override
    public final boolean hit(Rectangle rectangle, Shape shape, boolean onStroke) {
        return transform.createTransformedShape(shape).intersects((Rectangle2D) rectangle);
    }

    @Override
    public final GraphicsConfiguration getDeviceConfiguration() {
        return metrics.getDeviceConfiguration();
    }

    @Override
    public final void copyArea(int x, int y, int width, int height, int dx, int dy) {
        throw new UnsupportedOperationException("there are no pixels to copy");
    }

    @Override
    public void dispose() {
        // nothing is held
    }
}
