package org.aevo.train.torch;

import org.aevo.train.Engine;
import org.aevo.train.RulesAgainstReference;

class RulesAgainstReferenceTest extends RulesAgainstReference {
    @Override
    protected Engine engine() {
        return new TorchEngine();
    }
}
