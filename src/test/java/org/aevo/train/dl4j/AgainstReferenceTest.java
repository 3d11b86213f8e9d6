package org.aevo.train.dl4j;

import java.util.Optional;
import org.aevo.network.Layer;
import org.aevo.train.AgainstReference;
import org.aevo.train.Engine;

class AgainstReferenceTest extends AgainstReference {
    @Override
    protected Engine engine() {
        return new Dl4jEngine();
    }

    @Override
    protected Optional<String> refusal(Layer.Deconv deconv) {
        return deconv.kernel() + 1 < deconv.stride() ? Optional.of("kernel 1 and stride 3") : Optional.empty();
    }
}
