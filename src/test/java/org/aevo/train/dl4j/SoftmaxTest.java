package org.aevo.train.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class SoftmaxTest {
    @Test
    void eachSampleBecomesProbabilities() {
        float[] values = {0, (float) Math.log(3), 5, 5, 1e4f, -1e4f, -3e38f, 3e38f};
        Softmax.apply(values, 2);
        assertArrayEquals(new float[] {0.25f, 0.75f, 0.5f, 0.5f, 1, 0, 0, 1}, values, 1e-6f);
    }
}
