package org.aevo.train.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.RmsProp;

/** {@link org.aevo.network.Optimizer#KERAS_RMSPROP}: the library's rule, but for the average, which there starts at epsilon. */
final class KerasRmsProp extends RmsProp {
    static final double DECAY = 0.9;
    static final double EPSILON = 1e-7;
    private static final long serialVersionUID = 1;

    KerasRmsProp(double learningRate) {
        super(learningRate, DECAY, EPSILON);
    }

    @Override
    public GradientUpdater<?> instantiate(INDArray state, boolean initialize) {
        GradientUpdater<?> rule = super.instantiate(state, initialize);
        if (initialize) {
            state.assign(0);
        }
        return rule;
    }

    /** It never changes. */
    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public RmsProp clone() {
        return this;
    }
}
