package org.aevo.train.torch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Loader;

/** Where libtorch's natives are, and what to say if they are not. */
final class TorchNatives {
    private static final String FOLDER = "org/bytedeco/pytorch/linux-x86_64";
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
        return onClassPath("-gpu");
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
            Loader.load(org.bytedeco.pytorch.global.torch.class);
        } catch (LinkageError | RuntimeException e) {
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            throw new IllegalStateException("libtorch does not load its natives: " + NativeErrors.firstLine(root), e);
        }
    }

    /** Of a library, by the name of the jar that a class of it comes from. */
    static String version(Class<?> type) {
        String jar = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        Matcher m = VERSION.matcher(jar);
        return m.find() ? m.group(1) : "unknown";
    }
}
