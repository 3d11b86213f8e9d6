package org.aevo.cli;

import java.util.Arrays;
import java.util.List;
import org.aevo.gpu.CudaBuild;
import org.aevo.train.EngineKind;

/** The GPU builds of the engines, and which of them this program has. */
final class GpuBuilds {
    private GpuBuilds() {}

    static List<CudaBuild> all() {
        return Arrays.stream(EngineKind.values()).map(GpuBuilds::of).toList();
    }

    static CudaBuild of(EngineKind kind) {
        return switch (kind) {
            case DL4J -> CudaBuild.DL4J;
            case TORCH -> CudaBuild.TORCH;
        };
    }

    /** Whether an engine of this program computes on GPUs; loads nothing. */
    static boolean isHere(CudaBuild build) {
        return Arrays.stream(EngineKind.values()).anyMatch(kind -> of(kind) == build && Engines.computesOnGpus(kind));
    }
}
