package org.aevo.cli;

import java.util.List;
import org.aevo.gpu.CudaBuild;
import org.aevo.train.dl4j.Dl4jEngine;

/** The GPU builds of the engines, and which of them this program has. */
final class GpuBuilds {
    private GpuBuilds() {}

    static List<CudaBuild> all() {
        return List.of(CudaBuild.DL4J, CudaBuild.TORCH);
    }

    /**
     * @throws IllegalArgumentException if there is no such engine
     */
    static CudaBuild of(String engine) {
        return all().stream()
                .filter(build -> build.engine().equals(engine))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no engine is called '" + engine + "'"));
    }

    /** Whether an engine of this program computes on GPUs; loads nothing. */
    static boolean isHere(CudaBuild build) {
        return build.engine().equals("dl4j") && Dl4jEngine.computesOnGpus();
    }
}
