package org.aevo.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.aevo.codec.MalformedDataException;
import org.aevo.config.InputException;
import org.aevo.record.RecordException;
import org.aevo.record.RunData;
import org.aevo.record.RunPaths;
import org.aevo.record.RunReader;

/** The runs that a command is about: run directories, files, and directories that hold run directories. */
final class RunPlaces {
    private RunPlaces() {}

    /**
     * Reads all runs, each once.
     *
     * @param say is told what is read, and which runs that a directory holds cannot be
     * @throws InputException if a place is no run and holds none, or is one that cannot be read
     */
    static List<RunData> read(List<Path> places, Consumer<String> say) throws IOException {
        Map<Path, RunData> runs = new LinkedHashMap<>();
        for (Path place : places) {
            if (place.toString().isBlank()) {
                throw new InputException("DIR: is empty, expected a run directory");
            }
            if (!Files.exists(place)) {
                throw new InputException(place + ": no such directory");
            }
            if (Files.isRegularFile(place) || isRun(place)) {
                runs.putIfAbsent(place.toRealPath(), one(place, say));
                continue;
            }
            List<Path> inside = runsIn(place);
            if (inside.isEmpty()) {
                throw new InputException(
                        place + ": no run here (neither run.h5 nor run.journal), and no directory with one in it");
            }
            int before = runs.size();
            for (int i = 0; i < inside.size(); i++) {
                say.accept("reading run " + (i + 1) + " of " + inside.size() + ": "
                        + inside.get(i).getFileName());
                try {
                    runs.putIfAbsent(inside.get(i).toRealPath(), one(inside.get(i), say));
                } catch (InputException | CommandException e) {
                    say.accept("LEFT OUT: " + e.getMessage());
                }
            }
            if (runs.size() == before) {
                throw new InputException(place + ": none of its " + inside.size() + " runs can be read, see above");
            }
        }
        return List.copyOf(runs.values());
    }

    private static RunData one(Path place, Consumer<String> say) throws IOException {
        try {
            return RunReader.read(place, say, torn -> UnfinishedRecord.note(new RunPaths(place), torn)
                    .ifPresent(say));
        } catch (RecordException e) {
            throw new InputException(e.getMessage(), e);
        } catch (MalformedDataException e) {
            throw new CommandException(e.getMessage(), e);
        } catch (FileSystemException e) {
            throw new CommandException(
                    e.getFile() + ": cannot be read: "
                            + (e.getReason() == null ? e.getClass().getSimpleName() : e.getReason()),
                    e);
        }
    }

    private static boolean isRun(Path directory) {
        RunPaths paths = new RunPaths(directory);
        return Files.exists(paths.journal()) || Files.exists(paths.hdf5());
    }

    private static List<Path> runsIn(Path directory) throws IOException {
        List<Path> runs = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry) && isRun(entry)) {
                    runs.add(entry);
                }
            }
        }
        runs.sort(Comparator.comparing(path -> sortable(path.getFileName().toString())));
        return runs;
    }

    /** A name under which 16 comes after 2. */
    private static String sortable(String name) {
        StringBuilder key = new StringBuilder();
        for (String part : name.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)")) {
            boolean number = !part.isEmpty() && Character.isDigit(part.charAt(0));
            key.append(number ? "0".repeat(Math.max(0, 20 - part.length())) : "")
                    .append(part);
        }
        return key.toString();
    }
}
