package org.aevo.report.scaling;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What runs are called: the end of their path, as much of it as tells them apart. */
final class Labels {
    private static final int SHOWN = 3;
    private static final int MOST_PARTS = 50;

    private final Map<Path, String> labels = new HashMap<>();

    Labels(List<Measured> runs) {
        Set<Path> sources = runs.stream().map(Measured::source).collect(Collectors.toSet());
        int parts = 1;
        while (parts < MOST_PARTS && ends(sources, parts) < sources.size()) {
            parts++;
        }
        for (Path source : sources) {
            labels.put(source, end(source, parts));
        }
    }

    private static long ends(Set<Path> sources, int parts) {
        return sources.stream().map(source -> end(source, parts)).distinct().count();
    }

    String of(Measured run) {
        return labels.get(run.source());
    }

    /** The first few, and how many more. */
    String of(List<Measured> runs) {
        int shown = runs.size() == SHOWN + 1 ? SHOWN + 1 : SHOWN;
        return runs.stream().limit(shown).map(this::of).collect(Collectors.joining(", "))
                + (runs.size() > shown ? " and %d more".formatted(runs.size() - shown) : "");
    }

    private static String end(Path path, int parts) {
        Path whole = path.toAbsolutePath().normalize();
        int names = whole.getNameCount() - (whole.endsWith("run.h5") ? 1 : 0);
        return names < 1
                ? whole.toString()
                : whole.subpath(Math.max(0, names - parts), names).toString();
    }
}
