package org.aevo.metric;

/**
 * Structural similarity of one channel of two images. Sums are taken over whole windows, first down, then across, in
 * loops that the compiler vectorises; nothing is taken off a running sum, so that nothing cancels.
 */
final class SsimWindows {
    static final int SIDE = 7;
    private static final int AREA = SIDE * SIDE;
    private static final double C1 = 0.01 * 0.01;
    private static final double C2 = 0.03 * 0.03;

    private final int height;
    private final int width;
    /** The first, the second, the square of each, their product: each {@code [row, column]}. */
    private final double[][] moments;

    private final double[] down;
    private final double[][] across;

    SsimWindows(int height, int width) {
        this.height = height;
        this.width = width;
        this.moments = new double[5][height * width];
        this.down = new double[width];
        this.across = new double[5][width - SIDE + 1];
    }

    /** Over all windows, of the planes that begin at {@code offset}. */
    double mean(float[] first, float[] second, int offset) {
        double[] x = moments[0];
        double[] y = moments[1];
        for (int i = 0; i < x.length; i++) {
            x[i] = first[offset + i];
            y[i] = second[offset + i];
        }
        multiply(x, x, moments[2]);
        multiply(y, y, moments[3]);
        multiply(x, y, moments[4]);
        double sum = 0;
        for (int row = 0; row + SIDE <= height; row++) {
            for (int m = 0; m < moments.length; m++) {
                sums(moments[m], row * width, across[m]);
            }
            for (int column = 0; column + SIDE <= width; column++) {
                sum += similarity(column);
            }
        }
        return sum / ((double) (height - SIDE + 1) * (width - SIDE + 1));
    }

    private static void multiply(double[] a, double[] b, double[] product) {
        for (int i = 0; i < product.length; i++) {
            product[i] = a[i] * b[i];
        }
    }

    /** Of the windows whose first row begins at {@code from}. */
    private void sums(double[] values, int from, double[] sums) {
        int w = width;
        for (int i = 0; i < w; i++) {
            int at = from + i;
            down[i] = values[at]
                    + values[at + w]
                    + values[at + 2 * w]
                    + values[at + 3 * w]
                    + values[at + 4 * w]
                    + values[at + 5 * w]
                    + values[at + 6 * w];
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] = down[i] + down[i + 1] + down[i + 2] + down[i + 3] + down[i + 4] + down[i + 5] + down[i + 6];
        }
    }

    private double similarity(int window) {
        double x = across[0][window] / AREA;
        double y = across[1][window] / AREA;
        double sample = (double) AREA / (AREA - 1);
        double xx = sample * (across[2][window] / AREA - x * x);
        double yy = sample * (across[3][window] / AREA - y * y);
        double xy = sample * (across[4][window] / AREA - x * y);
        return (2 * x * y + C1) * (2 * xy + C2) / ((x * x + y * y + C1) * (xx + yy + C2));
    }
}
