package org.aevo.network;

/**
 * Gradient descent rules: what becomes of every weight w with gradient g in step t, from 1, at learning rate r. Where there is
 * weight decay d, the gradient of what a layer multiplies with (arrays {@code _W}) is g + d w; biases and normalisations do not
 * decay. Averages
 * start at 0 unless said otherwise. The constants are fixed, and with the formulas the same in every engine.
 */
public enum Optimizer {
    /**
     * Kingma and Ba 2015, in the form at the end of their section 2.
     *
     * <pre>
     * m = 0.9 m + 0.1 g
     * v = 0.999 v + 0.001 g^2
     * w = w - r sqrt(1 - 0.999^t) / (1 - 0.9^t) m / (sqrt(v) + 1e-8)
     * </pre>
     */
    ADAM,
    /**
     * Hinton's RMSProp.
     *
     * <pre>
     * v = 0.95 v + 0.05 g^2, from 1e-8
     * w = w - r g / (sqrt(v) + 1e-8)
     * </pre>
     */
    RMSPROP,
    /**
     * Stochastic gradient descent with Nesterov's momentum (Sutskever et al. 2013, w being the point looked ahead to).
     *
     * <pre>
     * v = 0.9 v - r g
     * w = w + 0.9 v - r g
     * </pre>
     */
    NESTEROV,
    /**
     * RMSProp with the constants that Keras 2 has.
     *
     * <pre>
     * v = 0.9 v + 0.1 g^2
     * w = w - r g / (sqrt(v) + 1e-7)
     * </pre>
     */
    KERAS_RMSPROP,
    /**
     * Stochastic gradient descent with classical momentum (Polyak 1964).
     *
     * <pre>
     * v = 0.9 v - r g
     * w = w + v
     * </pre>
     */
    MOMENTUM
}
