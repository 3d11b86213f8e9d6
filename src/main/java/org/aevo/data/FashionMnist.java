package org.aevo.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where Fashion-MNIST is (H. Xiao, K. Rasul, R. Vollgraf, 2017, arXiv:1708.07747). */
final class FashionMnist {
    static final String VARIABLE = "AEVO_FASHION_MNIST";
    private static final String DEBIAN = "usr/share/datasets/fashion-mnist";

    private FashionMnist() {}

    /**
     * The directory: the configured one; that of the environment variable; Debian's; the cache. What is named
     * explicitly is taken even if it is wrong, so that the mistake is seen.
     *
     * @param root of the file system
     * @throws DataException if it is nowhere
     */
    static Path find(Optional<Path> configured, Map<String, String> environment, Path root) {
        if (configured.isPresent()) {
            return configured.get();
        }
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isEmpty()) {
            Path directory = Path.of(named);
            Directories.mustExist(directory, "the four IDX files of Fashion-MNIST, as " + VARIABLE + " says");
            return directory;
        }
        List<Path> places = new ArrayList<>();
        places.add(root.resolve(DEBIAN));
        cache(environment).ifPresent(places::add);
        return places.stream()
                .filter(place ->
                        MnistFiles.lookFor(place, MnistFiles.TRAINING_IMAGES).isPresent())
                .findFirst()
                .orElseThrow(() -> new DataException("Fashion-MNIST not found: data.path and " + VARIABLE
                        + " are not set, no " + MnistFiles.TRAINING_IMAGES + "[.gz] in "
                        + places.stream().map(Path::toString).collect(Collectors.joining(", "))
                        + "; run bin/setup, or apt install dataset-fashion-mnist, or set data.path"));
    }

    private static Optional<Path> cache(Map<String, String> environment) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        if (!cache.isEmpty()) {
            return Optional.of(Path.of(cache, "aevo", "fashion-mnist"));
        }
        return home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home, ".cache", "aevo", "fashion-mnist"));
    }
}
