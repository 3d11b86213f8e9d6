package org.aevo.gpu;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One GPU.
 *
 * @param index its place on the PCI bus among the GPUs, from 0
 * @param uuid {@code GPU-...}, empty if unknown
 * @param capability empty if the driver does not say
 * @param memoryMiB of its own; empty if the driver does not say
 */
public record Gpu(int index, String uuid, String name, Optional<ComputeCapability> capability, OptionalLong memoryMiB) {

    /** {@code NVIDIA H200, compute capability 9.0}. */
    public String description() {
        return name + capability.map(c -> ", compute capability " + c).orElse("");
    }
}
