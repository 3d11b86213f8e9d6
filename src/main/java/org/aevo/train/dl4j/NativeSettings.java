package org.aevo.train.dl4j;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.bytedeco.javacpp.Loader;

/**
 * System properties that ND4J and Deeplearning4j read once, when their first class is loaded. What the user has set is
 * left alone.
 */
final class NativeSettings {
    private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    /** What the avx512 natives are compiled for. */
    private static final Set<String> AVX512 = Set.of("avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl");

    private NativeSettings() {}

    /** To be called before any class of ND4J is touched. */
    static void apply() {
        if (!cudaOnClassPath()) {
            setUnlessGiven(EXTENSION, extension(cpuInfo()));
            // JavaCPP reads it once: another engine of this process may have come first
            Loader.loadProperties(true);
        }
        setUnlessGiven("org.eclipse.deeplearning4j.helpers.disable", "false");
        // It would write a file of many pages into the working directory at each candidate that lacks memory.
        setUnlessGiven("org.deeplearning4j.crash.reporting.enabled", "false");
        setUnlessGiven("org.nd4j.log.initialization", "false");
    }

    /** The extension in force, empty if there is none: {@code -onednn-avx512}. */
    static String extensionInForce() {
        return System.getProperty(EXTENSION, "");
    }

    /** The classifier's ending of the natives with oneDNN that serve this CPU best. */
    static String extension(String cpuInfo) {
        boolean all512 = cpuInfo.lines()
                .filter(line -> line.startsWith("flags"))
                .findFirst()
                .map(line -> Set.copyOf(Arrays.asList(
                        line.substring(line.indexOf(':') + 1).strip().split("\\s+"))))
                .orElse(Set.of())
                .containsAll(AVX512);
        return all512 ? "-onednn-avx512" : "-onednn-avx2";
    }

    private static String cpuInfo() {
        try {
            return Files.readString(CPU_INFO, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    static boolean nativesOnClassPath() {
        ClassLoader loader = NativeSettings.class.getClassLoader();
        return cudaOnClassPath() || loader.getResource("org/nd4j/linalg/cpu/nativecpu/CpuBackend.class") != null;
    }

    static boolean cudaOnClassPath() {
        return NativeSettings.class.getClassLoader().getResource("org/nd4j/linalg/jcublas/JCublasBackend.class")
                != null;
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
