package org.aevo.report;

import java.awt.Graphics;
import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.util.Arrays;
import org.apache.batik.svggen.DOMGroupManager;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.w3c.dom.Element;

/** Draws into an SVG. Text stays text, as long as it was measured whatever font the reader has. */
final class SvgGraphics extends SVGGraphics2D {
    SvgGraphics(SVGGeneratorContext context) {
        super(context, false);
    }

    private SvgGraphics(SvgGraphics other) {
        super(other);
    }

    @Override
    public Graphics create() {
        return new SvgGraphics(this);
    }

    @Override
    public void draw(Shape shape) {
        if (hasPlace(shape)) {
            super.draw(shape);
        }
    }

    @Override
    public void fill(Shape shape) {
        if (hasPlace(shape)) {
            super.fill(shape);
        }
    }

    /** Whether all its points are numbers: others would be written as they are, and no reader knows them. */
    private static boolean hasPlace(Shape shape) {
        double[] points = new double[6];
        for (PathIterator path = shape.getPathIterator(null); !path.isDone(); path.next()) {
            Arrays.fill(points, 0);
            path.currentSegment(points);
            for (double point : points) {
                if (!Double.isFinite(point)) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void drawString(String text, float x, float y) {
        if (text.isBlank()) {
            return;
        }
        Element element = getDOMFactory().createElementNS(SVG_NAMESPACE_URI, SVG_TEXT_TAG);
        element.setAttributeNS(null, SVG_X_ATTRIBUTE, generatorCtx.doubleString(x));
        element.setAttributeNS(null, SVG_Y_ATTRIBUTE, generatorCtx.doubleString(y));
        element.setAttributeNS(
                null,
                SVG_TEXT_LENGTH_ATTRIBUTE,
                generatorCtx.doubleString(
                        getFont().getStringBounds(text, getFontRenderContext()).getWidth()));
        element.setAttributeNS(null, SVG_LENGTH_ADJUST_ATTRIBUTE, SVG_SPACING_AND_GLYPHS_VALUE);
        element.appendChild(getDOMFactory().createTextNode(Markup.clean(text)));
        domGroupManager.addElement(element, DOMGroupManager.FILL);
    }
}
