package org.aevo.cli;

import java.util.Optional;
import org.aevo.gpu.NvidiaHost;

/** This host's GPUs, looked at when first asked for: that starts a program, and takes a second. */
final class GpuHost {
    private Optional<NvidiaHost> seen = Optional.empty();

    synchronized NvidiaHost get() {
        if (seen.isEmpty()) {
            seen = Optional.of(NvidiaHost.look());
        }
        return seen.get();
    }
}
