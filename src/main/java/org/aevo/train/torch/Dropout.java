package org.aevo.train.torch;

import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Drops values, and makes the others larger by what is missing. */
final class Dropout {
    private final double keep;
    private final Scalar divisor;
    private final GeneratorOptional generator;

    Dropout(double probability, GeneratorOptional generator, Owned owned) {
        this.keep = 1 - probability;
        this.divisor = owned.own(new Scalar(keep));
        this.generator = generator;
    }

    Tensor apply(Tensor x) {
        if (keep == 1) {
            return x;
        }
        return x.mul(torch.empty_like(x).bernoulli_(keep, generator).div_(divisor));
    }
}
