package org.aevo.train.dl4j;

import org.aevo.train.ClassifiersAgainstReference;
import org.aevo.train.Engine;

class ClassifiersAgainstReferenceTest extends ClassifiersAgainstReference {
    @Override
    protected Engine engine() {
        return new Dl4jEngine();
    }
}
