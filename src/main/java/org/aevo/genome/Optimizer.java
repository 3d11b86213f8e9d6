package org.aevo.genome;

/** Gradient descent rules. Their constants beside the learning rate are fixed, so that engines agree. */
public enum Optimizer {
    /** Kingma and Ba 2015; beta1 0.9, beta2 0.999, epsilon 1e-8. */
    ADAM,
    /** Hinton's RMSProp; decay 0.95, epsilon 1e-8. */
    RMSPROP,
    /** Stochastic gradient descent with Nesterov momentum 0.9. */
    NESTEROV
}
