package org.aevo.gpu;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The GPU build of an engine: what it was compiled for. It holds machine code alone (no PTX, which a driver could
 * compile for any younger GPU).
 *
 * @param engine as the input file names it
 * @param profile of Maven that builds it
 * @param cuda major number of the CUDA that its libraries are of
 * @param machineCode what it has machine code for
 * @param libraries that it loads to train and does not bring along, beside the driver's own
 */
public record CudaBuild(
        String engine, String profile, int cuda, List<ComputeCapability> machineCode, List<String> libraries) {

    /** ND4J 1.0.0-M2.1 on CUDA 11.6, under Deeplearning4j. */
    public static final CudaBuild DL4J = new CudaBuild(
            "dl4j",
            "cuda",
            11,
            code(37, 50, 52, 60, 61, 70, 75, 80, 86),
            List.of("libcublas.so.11", "libcublasLt.so.11", "libcusolver.so.11", "libcudnn.so.8"));

    /** libtorch 2.10 on CUDA 13. */
    public static final CudaBuild TORCH = new CudaBuild(
            "torch",
            "cuda13",
            13,
            code(75, 80, 90, 100, 103, 120, 121),
            List.of(
                    "libcudart.so.13",
                    "libcublas.so.13",
                    "libcublasLt.so.13",
                    "libcufft.so.12",
                    "libcufile.so.0",
                    "libcupti.so.13",
                    "libcurand.so.10",
                    "libcusparse.so.12",
                    "libcudnn.so.9",
                    "libnccl.so.2"));

    public CudaBuild {
        machineCode = List.copyOf(machineCode);
        libraries = List.copyOf(libraries);
    }

    private static List<ComputeCapability> code(int... sm) {
        return IntStream.of(sm).mapToObj(ComputeCapability::sm).toList();
    }

    /** Why it cannot compute on a GPU of this host; empty if nothing is known to be in the way. */
    public Optional<String> obstacle(NvidiaHost host, Gpu gpu) {
        Optional<ComputeCapability> capability = gpu.capability();
        if (capability.isPresent() && machineCode.stream().noneMatch(capability.get()::runs)) {
            return Optional.of("its GPU build has machine code for compute capability "
                    + machineCode.stream().map(Object::toString).collect(Collectors.joining(", ")) + ", not for "
                    + capability.get());
        }
        return host.cuda()
                .filter(served -> served.major() < cuda)
                .map(served -> "its GPU build needs CUDA " + cuda + ", so a driver from version "
                        + CudaVersion.driverFor(cuda) + " on, but "
                        + host.driver().orElse("this one") + " serves "
                        + served);
    }

    /** How to have it. */
    public String howToBuild() {
        return "AEVO_MAVEN_OPTIONS='-P " + profile + "' bin/build --force";
    }

    /** What it needs and the dynamic linker would not find, with what to do; empty if it is all there. */
    public Optional<String> missingLibraries(Map<String, String> environment) {
        List<String> missing = SharedLibraries.of(environment).missing(libraries);
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(", ", missing)
                        + (missing.size() == 1 ? " is" : " are") + " not found: load the module of CUDA " + cuda
                        + ", or name the folders of CUDA's libraries and of cuDNN in LD_LIBRARY_PATH");
    }
}
