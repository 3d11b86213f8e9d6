package org.aevo.gpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where the dynamic linker looks for libraries; whether it could load what is there only loading shows. */
final class SharedLibraries {
    private static final Path CACHE = Path.of("/etc/ld.so.cache");

    private static final List<Path> USUAL = List.of(
            Path.of("/usr/local/cuda/lib64"), // what the GPU builds name themselves
            Path.of("/usr/local/cuda-11.6/lib64"),
            Path.of("/lib/x86_64-linux-gnu"),
            Path.of("/usr/lib/x86_64-linux-gnu"),
            Path.of("/lib64"),
            Path.of("/usr/lib64"));

    private final List<Path> folders;
    private final String cache;

    SharedLibraries(List<Path> folders, Path cache) {
        this.folders = List.copyOf(folders);
        this.cache = text(cache);
    }

    static SharedLibraries of(Map<String, String> environment) {
        List<Path> folders = new ArrayList<>();
        for (String folder : environment.getOrDefault("LD_LIBRARY_PATH", "").split("[:;]")) {
            try {
                folders.add(Path.of(folder));
            } catch (InvalidPathException e) {
                // the linker finds nothing there either
            }
        }
        folders.addAll(USUAL);
        return new SharedLibraries(folders, CACHE);
    }

    /** Those of some names, such as {@code libcudnn.so.9}, that are nowhere. */
    List<String> missing(List<String> names) {
        return names.stream().filter(name -> !isThere(name)).toList();
    }

    private boolean isThere(String name) {
        // the cache holds paths that end in the name and a zero
        return cache.contains('/' + name + '\0')
                || folders.stream().anyMatch(folder -> Files.isRegularFile(folder.resolve(name)));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
