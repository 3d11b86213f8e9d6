package org.aevo.train.torch;

import java.util.Optional;
import org.aevo.network.Layer;
import org.aevo.train.AgainstReference;
import org.aevo.train.Engine;

class AgainstReferenceTest extends AgainstReference {
    @Override
    protected Engine engine() {
        return new TorchEngine();
    }

    @Override
    protected Optional<String> refusal(Layer.Deconv deconv) {
        return Optional.empty();
    }
}
