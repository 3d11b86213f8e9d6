package org.aevo.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder for a file that nobody needs afterwards, wherever there is room for one. */
public final class ScratchFolder {
    private static final List<String> OTHERS = List.of("/var/tmp", "/dev/shm");

    private ScratchFolder() {}

    /** What is done in the folder; it is done again in another one if the disk is at fault. */
    @FunctionalInterface
    public interface Work<T> {
        T in(Path folder) throws IOException;
    }

    /**
     * Works in a new folder, and deletes it with all that is in it. The system's folder for temporary files comes first; in
     * a job it may be full, or gone.
     *
     * @param last where there is no other
     * @throws IOException if the work fails, or no disk took it; then of the first
     */
    public static <T> T use(Path last, Work<T> work) throws IOException {
        List<Path> places = new ArrayList<>();
        places.add(Path.of(System.getProperty("java.io.tmpdir")));
        OTHERS.forEach(place -> places.add(Path.of(place)));
        places.add(last);
        return use(places, work);
    }

    static <T> T use(List<Path> places, Work<T> work) throws IOException {
        IOException first = null;
        for (Path place : places) {
            try {
                Path folder = Files.createTempDirectory(place, "aevo-view");
                try {
                    return work.in(folder);
                } finally {
                    DurableFiles.deleteTree(folder);
                }
            } catch (RecordException e) {
                if (!e.isOfDisk()) {
                    throw e;
                }
                first = first == null ? e : first;
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        throw first == null ? new IOException("no folder for temporary files") : first;
    }
}
