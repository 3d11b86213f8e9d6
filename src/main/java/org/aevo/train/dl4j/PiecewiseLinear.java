package org.aevo.train.dl4j;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;

/**
 * x above 0, slope times x below: the rectifier, and the leaky one. The library's derivatives of both make a call for
 * every value; whole-array operations take a fraction of that time.
 */
final class PiecewiseLinear extends BaseActivationFunction {
    private static final long serialVersionUID = 1;

    private final double slope;

    PiecewiseLinear(double slope) {
        this.slope = slope;
    }

    @Override
    public INDArray getActivation(INDArray in, boolean training) {
        Nd4j.getExecutioner().exec(new LeakyReLU(in, slope));
        return in;
    }

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
        assertShape(in, epsilon);
        Nd4j.getExecutioner().exec(new Step(in, in, 0));
        if (slope != 0) {
            in.muli(1 - slope).addi(slope);
        }
        return new Pair<>(in.muli(epsilon), null);
    }

    @Override
    public String toString() {
        return "leakyrelu(a=" + slope + ")";
    }
}
