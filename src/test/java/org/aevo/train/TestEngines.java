package org.aevo.train;

import org.aevo.train.dl4j.Dl4jEngine;
import org.aevo.train.torch.TorchEngine;

/** Opens engines by their names, as the program does. */
final class TestEngines {
    private TestEngines() {}

    static Engine open(EngineKind kind) {
        return switch (kind) {
            case DL4J -> new Dl4jEngine();
            case TORCH -> new TorchEngine();
        };
    }
}
