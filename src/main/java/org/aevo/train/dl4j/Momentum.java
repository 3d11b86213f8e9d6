package org.aevo.train.dl4j;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.schedule.ISchedule;

/** {@link org.aevo.network.Optimizer#MOMENTUM}, which the library does not have: its own looks ahead. */
record Momentum(double learningRate) implements IUpdater {
    static final double KEPT = 0.9;

    @Override
    public long stateSize(long parameters) {
        return parameters;
    }

    @Override
    public GradientUpdater<Momentum> instantiate(INDArray state, boolean initialize) {
        MomentumUpdater rule = new MomentumUpdater(this);
        rule.setStateViewArray(state, state.shape(), state.ordering(), initialize);
        return rule;
    }

    @Override
    public GradientUpdater<Momentum> instantiate(Map<String, INDArray> states, boolean initialize) {
        MomentumUpdater rule = new MomentumUpdater(this);
        rule.setState(states, initialize);
        return rule;
    }

    /** It never changes. */
    @Override
    @SuppressWarnings("MethodDoesntCallSuperMethod")
    public IUpdater clone() {
        return this;
    }

    @Override
    public double getLearningRate(int iteration, int epoch) {
        return learningRate;
    }

    @Override
    public boolean hasLearningRate() {
        return true;
    }

    @Override
    public void setLrAndSchedule(double rate, ISchedule schedule) {
        throw new UnsupportedOperationException("the learning rate is fixed");
    }
}
