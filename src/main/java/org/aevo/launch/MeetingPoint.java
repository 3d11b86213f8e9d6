package org.aevo.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.aevo.mpi.AwakeTime;
import org.aevo.mpi.RunSecret;

/**
 * Where ranks that a launcher started together find their master: a file in the working directory, which they share,
 * that only its owner can read. Rank 0 writes where it listens and the run's secret; it is gone when the run ends.
 */
public final class MeetingPoint implements AutoCloseable {
    private static final long POLL_MILLIS = 100;
    /** Times the time-out. */
    private static final int MOST = 30;
    /** After which who waits says so. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int MOST_BYTES = 1 << 16;
    private static final String PREPARING = "preparing";

    private final Path file;

    private MeetingPoint(Path file) {
        this.file = file;
    }

    /**
     * Where a master listens, and how to prove that one belongs to its run.
     *
     * @param hosts names and addresses of its host, the likeliest first; not all can be reached from every worker
     */
    public record Place(int port, RunSecret secret, List<String> hosts) {
        public Place {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * The file of a launcher's step, in the working directory; a job that was requeued has another one.
     *
     * @throws LaunchException if the launcher gave the ranks nothing in common
     */
    public static Path file(Placement placement) {
        Placement.Job job = placement
                .job()
                .orElseThrow(() -> new LaunchException("the ranks of " + placement.launcher()
                        + " have no job id in common to find each other by: give all of them the same name of your choice, another one for"
                        + " each start, in " + RankDiscovery.JOB
                        + "; or, where they share no working directory, --master"
                        + " HOST:PORT of rank 0 and the same secret in " + RunSecret.VARIABLE));
        return Path.of(".aevo-" + job.id() + "." + job.step() + "." + job.restarts())
                .toAbsolutePath();
    }

    /** Says where the master is. */
    public static MeetingPoint open(Path file, Place place) throws IOException {
        try {
            List<String> lines = new ArrayList<>();
            lines.add(Integer.toString(place.port()));
            lines.add(place.secret().hex());
            lines.addAll(place.hosts());
            write(file, lines);
        } catch (IOException e) {
            throw new LaunchException(
                    file + " cannot be written (" + e
                            + "): by this file the ranks find each other; start in a directory that you can write",
                    e);
        }
        // also when the virtual machine ends by itself
        file.toFile().deleteOnExit();
        return new MeetingPoint(file);
    }

    private static void write(Path file, List<String> lines) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(temporary, lines);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Says that rank 0 is there and gets on with what comes before a master: it checks the data, most of all. To be said
     * again, with another number, as long as that is so; then {@link #open} or {@link #retract}.
     */
    public static void prepare(Path file, long number) throws IOException {
        write(file, List.of(PREPARING + " " + number));
    }

    /** Takes back what {@link #prepare} said. */
    public static void retract(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /**
     * Waits for the master.
     *
     * @param timeout without a sign that rank 0 gets on; 30 times this in all
     * @param log is told what is waited for if that takes some seconds
     * @throws LaunchException if it does not come in time
     */
    public static Place await(Path file, Duration timeout, Consumer<String> log)
            throws IOException, InterruptedException {
        AwakeTime time = new AwakeTime(Duration.ofSeconds(1));
        long last = 0;
        String said = "";
        boolean told = false;
        while (true) {
            Optional<List<String>> lines = lines(file);
            if (lines.isPresent() && !isPreparing(lines.get())) {
                return place(file, lines.get());
            }
            long now = time.nanoseconds();
            if (lines.isPresent() && !lines.get().get(0).equals(said)) {
                said = lines.get().get(0);
                last = now;
            }
            if (!told && now > PATIENCE.toNanos()) {
                told = true;
                log.accept("waits up to " + timeout.toSeconds() + " s for rank 0, which "
                        + (said.isEmpty() ? "has not written " + file + " yet" : "is checking the data"));
            }
            if (now - last > timeout.toNanos() || now > MOST * timeout.toNanos()) {
                throw new LaunchException("rank 0 did not write " + file + " within " + now / 1_000_000_000L
                        + " s (cluster.start-timeout): "
                        + (said.isEmpty()
                                ? "did it fail, or do the ranks not share their working directory?"
                                : "it was checking the data; raise cluster.start-timeout if that takes so long"));
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Where the master is; empty if it is not there yet, or no more. */
    public static Optional<Place> read(Path file) throws IOException {
        Optional<List<String>> lines = lines(file).filter(l -> !isPreparing(l));
        return lines.isEmpty() ? Optional.empty() : Optional.of(place(file, lines.get()));
    }

    private static boolean isPreparing(List<String> lines) {
        return lines.size() == 1 && lines.get(0).startsWith(PREPARING);
    }

    private static Place place(Path file, List<String> lines) {
        try {
            return new Place(
                    Integer.parseInt(lines.get(0)), RunSecret.parse(lines.get(1)), lines.subList(2, lines.size()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new LaunchException(file + ": is not from rank 0 of this run", e);
        }
    }

    private static Optional<List<String>> lines(Path file) throws IOException {
        try {
            return Optional.of(PrivateFile.read(file, MOST_BYTES).lines().toList());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Removes it if it is there, for a process that has no time for more. */
    public static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // the next run in this directory removes it
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
