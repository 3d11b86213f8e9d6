package org.aevo.train.dl4j;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;

/** Steps of {@link Momentum}. */
final class MomentumUpdater implements GradientUpdater<Momentum> {
    private static final String STATE = "V";

    private final Momentum rule;

    /** What the last step took away from the weights: the velocity with the other sign, as the library subtracts. */
    private INDArray velocity;

    MomentumUpdater(Momentum rule) {
        this.rule = rule;
    }

    @Override
    public Momentum getConfig() {
        return rule;
    }

    @Override
    public void setState(Map<String, INDArray> states, boolean initialize) {
        INDArray state = states.get(STATE);
        setStateViewArray(state, state.shape(), state.ordering(), initialize);
    }

    @Override
    public Map<String, INDArray> getState() {
        return Map.of(STATE, velocity);
    }

    @Override
    public void setStateViewArray(INDArray state, long[] shape, char order, boolean initialize) {
        velocity = state.reshape(state.length());
        if (initialize) {
            velocity.assign(0);
        }
    }

    @Override
    public void applyUpdater(INDArray gradient, int iteration, int epoch) {
        gradient.muli(rule.learningRate());
        Nd4j.getExecutioner().exec(new Axpy(velocity, gradient, gradient, Momentum.KEPT));
        velocity.assign(gradient);
    }
}
