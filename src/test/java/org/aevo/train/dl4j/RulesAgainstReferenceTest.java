package org.aevo.train.dl4j;

import org.aevo.train.Engine;
import org.aevo.train.RulesAgainstReference;

class RulesAgainstReferenceTest extends RulesAgainstReference {
    @Override
    protected Engine engine() {
        return new Dl4jEngine();
    }
}
