package org.aevo.train.torch;

import java.io.IOException;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aevo.gpu.CudaBuild;
import org.aevo.train.NativesFolder;
import org.bytedeco.javacpp.Loader;

/** Where libtorch's natives are, and what to say if they are not. */
final class TorchNatives {
    private static final String FOLDER = "org/bytedeco/pytorch/linux-x86_64";
    private static final String GPU = "-gpu";
    private static final String EXTENSION = "platform.extension";
    private static final String LIBRARY = "/libjnitorch.so";
    private static final Pattern VERSION = Pattern.compile("-(\\d[^/]*)\\.jar$");

    private TorchNatives() {}

    /** Why the engine cannot be opened here, as far as can be seen without loading anything. */
    static Optional<String> missing() {
        return onClassPath("") || computeOnGpus()
                ? Optional.empty()
                : Optional.of("this build has no natives of libtorch for 64-bit Linux on x86");
    }

    /** Whether the natives on the class path are those with CUDA. */
    static boolean computeOnGpus() {
        return onClassPath(GPU);
    }

    private static boolean onClassPath(String extension) {
        return TorchNatives.class.getClassLoader().getResource(FOLDER + extension + LIBRARY) != null;
    }

    /**
     * Loads them.
     *
     * @throws IllegalStateException if they cannot be loaded; one line says why
     */
    static void load() {
        missing().ifPresent(problem -> {
            throw new IllegalStateException(problem);
        });
        try {
            load(computeOnGpus() ? GPU : "");
        } catch (LinkageError | RuntimeException | IOException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            throw new IllegalStateException(
                    "libtorch does not load its natives: " + NativeErrors.firstLine(root) + missingLibraries()
                            + NativesFolder.problem(Loader::getCacheDir),
                    e);
        }
    }

    /** JavaCPP takes natives of one kind for the whole process; what another library of it has set is put back. */
    private static void load(String kind) throws IOException {
        Properties platform = Loader.loadProperties();
        Object others = platform.setProperty(EXTENSION, kind);
        try {
            Unpacking.guard(
                    Loader.getCacheDir().toPath(),
                    "pytorch-" + version(org.bytedeco.pytorch.Tensor.class) + kind,
                    () -> Loader.load(org.bytedeco.pytorch.global.torch.class));
        } finally {
            if (others == null) {
                platform.remove(EXTENSION);
            } else {
                platform.put(EXTENSION, others);
            }
        }
    }

    /** With the natives for GPUs: which libraries of CUDA are not to be found, after a semicolon; empty if they are. */
    static String missingLibraries() {
        return computeOnGpus()
                ? CudaBuild.TORCH
                        .missingLibraries(System.getenv())
                        .map(text -> "; " + text)
                        .orElse("")
                : "";
    }

    /** Of a library, by the name of the jar that a class of it comes from. */
    static String version(Class<?> type) {
        String jar = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        Matcher m = VERSION.matcher(jar);
        return m.find() ? m.group(1) : "unknown";
    }
}
