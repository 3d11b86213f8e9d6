package org.aevo.metric;

import org.aevo.network.Shape;

/** How close images are to those that they should be; values have a range of 1. */
public final class ImageQuality {
    /** Of a perfect image, in dB: an error this small is that of rounding, and an infinite figure would hide all others. */
    public static final double MAX_PSNR = 100;

    /** Rows and columns of the smallest image that has a structural similarity. */
    public static final int WINDOW = SsimWindows.SIDE;

    private ImageQuality() {}

    /**
     * Peak signal-to-noise ratio in dB, the mean over the images; that of one image is at most {@link #MAX_PSNR}.
     *
     * @param reference the images as they should be
     * @param images as many
     * @return NaN if a value of the images is not finite
     */
    public static double psnr(float[] reference, float[] images, Shape shape) {
        int count = count(reference, images, shape);
        if (!Arguments.finite(images)) {
            return Double.NaN;
        }
        int size = reference.length / count;
        double sum = 0;
        for (int image = 0; image < count; image++) {
            double squares = 0;
            for (int i = image * size; i < (image + 1) * size; i++) {
                double difference = (double) reference[i] - images[i];
                squares += difference * difference;
            }
            sum += Math.min(MAX_PSNR, -10 * Math.log10(squares / size));
        }
        return sum / count;
    }

    /**
     * Structural similarity, the mean over windows, channels and images; 1 if they are the same (Z. Wang, A. Bovik, H.
     * Sheikh, E. Simoncelli, 2004, Image quality assessment). As scikit-image computes it by default: uniform windows of 7
     * x 7 that lie wholly in the image, sample covariance.
     *
     * @param reference the images as they should be
     * @param images as many
     * @return NaN if a value of the images is not finite, or they are smaller than a window
     */
    public static double ssim(float[] reference, float[] images, Shape shape) {
        int count = count(reference, images, shape);
        if (shape.height() < WINDOW || shape.width() < WINDOW || !Arguments.finite(images)) {
            return Double.NaN;
        }
        SsimWindows windows = new SsimWindows(shape.height(), shape.width());
        int planes = count * shape.channels();
        double sum = 0;
        for (int plane = 0; plane < planes; plane++) {
            sum += windows.mean(reference, images, plane * shape.height() * shape.width());
        }
        return sum / planes;
    }

    private static int count(float[] reference, float[] images, Shape shape) {
        if (reference.length != images.length) {
            throw new IllegalArgumentException(
                    images.length + " values of images for " + reference.length + " of the reference");
        }
        if (reference.length == 0 || reference.length % shape.size() != 0) {
            throw new IllegalArgumentException(reference.length + " values are no whole number of images of "
                    + shape.channels() + "x" + shape.height() + "x" + shape.width());
        }
        Arguments.mustBeFinite("reference images", reference);
        return (int) (reference.length / shape.size());
    }
}
