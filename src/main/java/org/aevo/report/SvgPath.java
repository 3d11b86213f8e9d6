package org.aevo.report;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;

/** Shapes as the path data of SVG, in hundredths of a point. */
final class SvgPath {
    /** Beyond this nothing can be seen, and renderers lose their precision. */
    private static final double FAR = 1e5;

    private final StringBuilder data = new StringBuilder();
    /** The pen, in hundredths; and where the current part began. */
    private long penX;

    private long penY;
    private long startX;
    private long startY;

    private SvgPath() {}

    /** The data of a shape; empty if it has none, or numbers that are not finite. */
    static String of(Shape shape, AffineTransform transform) {
        SvgPath path = new SvgPath();
        double[] points = new double[6];
        boolean open = false;
        for (PathIterator i = shape.getPathIterator(transform); !i.isDone(); i.next()) {
            int kind = i.currentSegment(points);
            int numbers =
                    switch (kind) {
                        case PathIterator.SEG_MOVETO, PathIterator.SEG_LINETO -> 2;
                        case PathIterator.SEG_QUADTO -> 4;
                        case PathIterator.SEG_CUBICTO -> 6;
                        default -> 0;
                    };
            for (int p = 0; p < numbers; p++) {
                if (!Double.isFinite(points[p])) {
                    return "";
                }
            }
            path.add(kind, points, numbers);
            open |= kind != PathIterator.SEG_MOVETO;
        }
        return open ? path.data.toString() : "";
    }

    /** A coordinate with at most two decimals. */
    static String number(double value) {
        StringBuilder text = new StringBuilder();
        append(text, hundredths(value));
        return text.toString();
    }

    private void add(int kind, double[] points, int numbers) {
        if (kind == PathIterator.SEG_CLOSE) {
            data.append('z');
            penX = startX;
            penY = startY;
            return;
        }
        long x = hundredths(points[numbers - 2]);
        long y = hundredths(points[numbers - 1]);
        if (kind == PathIterator.SEG_MOVETO) {
            startX = x;
            startY = y;
        }
        if (kind == PathIterator.SEG_LINETO && y == penY) {
            data.append('h');
            append(data, x - penX);
        } else if (kind == PathIterator.SEG_LINETO && x == penX) {
            data.append('v');
            append(data, y - penY);
        } else {
            data.append(
                    switch (kind) {
                        case PathIterator.SEG_MOVETO -> 'M';
                        case PathIterator.SEG_LINETO -> 'L';
                        case PathIterator.SEG_QUADTO -> 'Q';
                        default -> 'C';
                    });
            for (int p = 0; p < numbers; p++) {
                if (p > 0) {
                    data.append(' ');
                }
                append(data, hundredths(points[p]));
            }
        }
        penX = x;
        penY = y;
    }

    private static long hundredths(double value) {
        return Math.round(Math.max(-FAR, Math.min(FAR, value)) * 100);
    }

    private static void append(StringBuilder text, long hundredths) {
        long size = Math.abs(hundredths);
        if (hundredths < 0) {
            text.append('-');
        }
        text.append(size / 100);
        long rest = size % 100;
        if (rest != 0) {
            text.append('.').append(rest / 10);
            if (rest % 10 != 0) {
                text.append(rest % 10);
            }
        }
    }
}
