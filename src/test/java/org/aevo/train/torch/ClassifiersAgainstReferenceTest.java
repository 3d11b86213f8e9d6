package org.aevo.train.torch;

import org.aevo.train.ClassifiersAgainstReference;
import org.aevo.train.Engine;

class ClassifiersAgainstReferenceTest extends ClassifiersAgainstReference {
    @Override
    protected Engine engine() {
        return new TorchEngine();
    }
}
