package org.aevo.train.bench;

import java.util.Arrays;
import org.aevo.network.EnumText;
import org.aevo.train.Engine;
import org.aevo.train.EngineKind;
import org.aevo.train.dl4j.Dl4jEngine;
import org.aevo.train.torch.TorchEngine;

/** Engines by their names in the input file. */
final class BenchmarkEngines {
    private BenchmarkEngines() {}

    /** @throws IllegalArgumentException if there is no engine of that name */
    static Engine open(String name) {
        EngineKind kind = Arrays.stream(EngineKind.values())
                .filter(k -> EnumText.of(k).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no engine '" + name + "': dl4j, torch"));
        return switch (kind) {
            case DL4J -> new Dl4jEngine();
            case TORCH -> new TorchEngine();
        };
    }
}
