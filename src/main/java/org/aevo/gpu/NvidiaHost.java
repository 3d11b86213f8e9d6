package org.aevo.gpu;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the NVIDIA driver of this host tells.
 *
 * @param driver its version; empty if there is none
 * @param cuda the newest that it serves
 * @param gpus of the host, whether this process may use them or not
 * @param problem why this is not all there is to tell: one line, with what to do
 */
public record NvidiaHost(
        Optional<String> driver, Optional<CudaVersion> cuda, List<Gpu> gpus, Optional<String> problem) {

    /** Waking up the GPUs of a large node takes nvidia-smi several seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Path DRIVER_FILES = Path.of("/proc/driver/nvidia");

    public NvidiaHost {
        gpus = List.copyOf(gpus);
    }

    /** A host without a driver. */
    static final NvidiaHost NONE = new NvidiaHost(Optional.empty(), Optional.empty(), List.of(), Optional.empty());

    /**
     * Asks nvidia-smi, and where that does not answer the files of the driver, which know less. Takes up to a minute
     * if the driver hangs.
     */
    public static NvidiaHost look() {
        return look(new NvidiaSmi("nvidia-smi", PATIENCE), DRIVER_FILES);
    }

    static NvidiaHost look(NvidiaSmi smi, Path driverFiles) {
        NvidiaHost told = smi.ask();
        if (!told.gpus.isEmpty()) {
            return told;
        }
        NvidiaHost files = DriverFiles.read(driverFiles);
        return new NvidiaHost(
                told.driver.or(() -> files.driver),
                told.cuda.or(() -> files.cuda),
                files.gpus,
                told.problem.or(() -> files.problem));
    }

    /** The GPU that CUDA_VISIBLE_DEVICES names so: by its index or the beginning of its uuid. */
    public Optional<Gpu> find(String id) {
        Optional<Gpu> named = gpus.stream()
                .filter(gpu -> id.equals(Integer.toString(gpu.index()))
                        || id.startsWith("GPU-") && gpu.uuid().startsWith(id))
                .findFirst();
        // a part of a GPU (MIG) has a name of its own; where all GPUs are alike it does not matter of which
        return named.isPresent() || !id.startsWith("MIG-") || !alike()
                ? named
                : gpus.stream().findFirst();
    }

    private boolean alike() {
        return gpus.stream().map(Gpu::description).distinct().count() == 1;
    }

    /** {@code NVIDIA H200, compute capability 9.0, driver 580.159.03}; empty if there is no such GPU. */
    public Optional<String> describe(String id) {
        return find(id).map(gpu ->
                gpu.description() + driver.map(v -> ", driver " + v).orElse(""));
    }
}
