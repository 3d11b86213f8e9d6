package org.aevo.train.dl4j;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMin;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Swish whose derivative is a number everywhere. The library computes it with the square of e^x, and gives NaN above 44;
 * in single precision it is 1 long before.
 */
final class StableSwish extends ActivationSwish {
    private static final long serialVersionUID = 1;
    private static final double DERIVATIVE_IS_ONE = 40;

    @Override
    public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
        Nd4j.getExecutioner().exec(new ScalarMin(in, null, in, DERIVATIVE_IS_ONE));
        return super.backprop(in, epsilon);
    }
}
