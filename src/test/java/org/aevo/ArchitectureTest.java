package org.aevo;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** The table of rooms: which package may import which. The same table is in docs/architecture.md. */
class ArchitectureTest {
    private static final String ROOT = "org.aevo.";

    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("network", Set.of()),
            Map.entry("random", Set.of()),
            Map.entry("stat", Set.of()),
            Map.entry("genome", Set.of("network")),
            Map.entry("genome.variation", Set.of("genome", "network")),
            Map.entry("team", Set.of()),
            Map.entry("surrogate", Set.of("genome", "network")),
            Map.entry("search", Set.of("genome", "genome.variation", "network", "random", "surrogate", "team")),
            Map.entry("dispatch", Set.of("search")),
            Map.entry("stopping", Set.of("search")),
            Map.entry("ensemble", Set.of("metric", "network", "search", "stat")),
            Map.entry(
                    "ensemble.evaluation",
                    Set.of("baseline", "ensemble", "metric", "network", "random", "search", "task", "train")),
            Map.entry("io", Set.of()),
            Map.entry("data", Set.of("data.hdf5", "io", "random")),
            Map.entry("yaml", Set.of("io")),
            Map.entry("design", Set.of("genome", "network", "yaml")),
            Map.entry("data.hdf5", Set.of()),
            Map.entry("host", Set.of()),
            Map.entry("codec", Set.of("design", "host", "search")),
            Map.entry("train", Set.of("network", "search", "team")),
            Map.entry("train.dl4j", Set.of("genome", "network", "search", "train")),
            Map.entry("train.torch", Set.of("genome", "network", "gpu", "search", "train")),
            Map.entry("task", Set.of("metric", "network", "random", "search", "train")),
            Map.entry("mpi", Set.of("codec", "host", "mpi.mpj", "search", "team")),
            Map.entry("mpi.mpj", Set.of()),
            Map.entry("record", Set.of("codec", "design", "ensemble", "network", "host", "io", "search", "stat")),
            Map.entry("metric", Set.of("network")),
            Map.entry("baseline", Set.of("design", "network")),
            Map.entry(
                    "model",
                    Set.of("baseline", "design", "metric", "network", "random", "record", "search", "task", "train")),
            Map.entry("apply", Set.of("data", "data.hdf5", "network", "model", "report", "train")),
            Map.entry("gpu", Set.of()),
            Map.entry("launch", Set.of("mpi")),
            Map.entry("master", Set.of("dispatch", "mpi", "record", "search", "stopping")),
            Map.entry("report", Set.of("io")),
            Map.entry(
                    "report.run",
                    Set.of(
                            "baseline",
                            "ensemble",
                            "host",
                            "network",
                            "record",
                            "report",
                            "search",
                            "stat",
                            "surrogate")),
            Map.entry("report.scaling", Set.of("record", "report", "report.run", "search", "stat")),
            Map.entry("predict", Set.of("dispatch", "network", "random", "record", "search", "stat", "stopping")),
            Map.entry("worker", Set.of("codec", "genome", "host", "mpi", "network", "random", "search", "team")),
            Map.entry(
                    "config",
                    Set.of(
                            "data",
                            "design",
                            "ensemble",
                            "genome",
                            "network",
                            "genome.variation",
                            "search",
                            "stopping",
                            "task",
                            "train",
                            "yaml")),
            Map.entry(
                    "cli",
                    Set.of(
                            "apply",
                            "codec",
                            "config",
                            "data",
                            "design",
                            "ensemble",
                            "ensemble.evaluation",
                            "genome",
                            "genome.variation",
                            "gpu",
                            "host",
                            "io",
                            "launch",
                            "master",
                            "model",
                            "mpi",
                            "network",
                            "predict",
                            "record",
                            "report",
                            "report.run",
                            "report.scaling",
                            "search",
                            "stat",
                            "stopping",
                            "surrogate",
                            "task",
                            "team",
                            "train",
                            "train.dl4j",
                            "train.torch",
                            "worker",
                            "yaml")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.aevo");

    @Test
    void eachRoomImportsOnlyWhatTheTableAllows() {
        Set<String> violations = new TreeSet<>();
        for (JavaClass from : CLASSES) {
            String room = room(from);
            Set<String> allowed = MAY_IMPORT.get(room);
            Assertions.assertNotNull(allowed, () -> "a room that is not in the table: " + room);
            from.getDirectDependenciesFromSelf().stream()
                    .map(d -> d.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(ROOT))
                    .filter(target -> !room(target).equals(room) && !allowed.contains(room(target)))
                    .forEach(target -> violations.add(from.getName() + " uses " + target.getName()));
        }
        Assertions.assertEquals(Set.of(), violations);
    }

    @Test
    void theTableAllowsNothingThatNobodyNeeds() {
        Map<String, Set<String>> needed = new TreeMap<>();
        MAY_IMPORT.keySet().forEach(room -> needed.put(room, new TreeSet<>()));
        for (JavaClass from : CLASSES) {
            from.getDirectDependenciesFromSelf().stream()
                    .map(d -> d.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(ROOT))
                    .filter(target -> !room(target).equals(room(from)))
                    .forEach(target -> needed.get(room(from)).add(room(target)));
        }
        Assertions.assertEquals(new TreeMap<>(MAY_IMPORT), needed);
    }

    @Test
    void theDocumentHasTheSameTable() throws IOException {
        Map<String, Set<String>> rows = new TreeMap<>();
        Pattern row = Pattern.compile("\\| `([a-z0-9.]+)` \\| .* \\| ([^|]*) \\|");
        for (String line : Files.readAllLines(Path.of("docs/architecture.md"))) {
            Matcher m = row.matcher(line);
            if (m.matches()) {
                rows.put(
                        m.group(1),
                        m.group(2).equals("–") ? Set.of() : Set.of(m.group(2).split(", ")));
            }
        }
        Map<String, Set<String>> table = new TreeMap<>(MAY_IMPORT);
        table.put("cli", Set.of("all"));
        Assertions.assertEquals(table, rows);
    }

    @Test
    void noRoomDependsOnItselfThroughOthers() {
        slices().matching("org.aevo.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void trainingLibrariesStayInTheirEngine() {
        Map<String, Set<String>> users = Map.of(
                "org.deeplearning4j", Set.of("train.dl4j"),
                "org.nd4j", Set.of("train.dl4j"),
                "org.bytedeco.pytorch", Set.of("train.torch"),
                "org.bytedeco.openblas", Set.of("baseline"),
                "org.bytedeco.hdf5", Set.of("data.hdf5"),
                "org.bytedeco", Set.of("baseline", "data.hdf5", "train.dl4j", "train.torch"));
        Set<String> violations = new TreeSet<>();
        for (JavaClass from : CLASSES) {
            from.getDirectDependenciesFromSelf().stream()
                    .map(d -> d.getTargetClass().getPackageName())
                    .forEach(target -> users.forEach((library, rooms) -> {
                        if (target.startsWith(library) && !rooms.contains(room(from))) {
                            violations.add(from.getName() + " uses " + target);
                        }
                    }));
        }
        Assertions.assertEquals(Set.of(), violations);
    }

    @Test
    void theChartLibraryStaysInReports() {
        Set<String> users = new TreeSet<>();
        for (JavaClass from : CLASSES) {
            from.getDirectDependenciesFromSelf().stream()
                    .filter(d -> d.getTargetClass().getPackageName().startsWith("org.jfree"))
                    .forEach(d -> users.add(room(from)));
        }
        Assertions.assertEquals(Set.of("report"), users);
    }

    private static String room(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }
}
