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
import org.aevo.mpi.RunSecret;

/**
 * Where ranks that a launcher started together find their master: a file in the working directory, which they share,
 * that only its owner can read. Rank 0 writes where it listens and the run's secret; it is gone when the run ends.
 */
public final class MeetingPoint implements AutoCloseable {
    private static final long POLL_MILLIS = 100;
    /** After which who waits says so. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

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
            write(file, place);
        } catch (IOException e) {
            throw new LaunchException(
                    file + " cannot be written (" + e
                            + "): by this file the ranks find each other; start in a directory that you can write",
                    e);
        }
        return new MeetingPoint(file);
    }

    private static void write(Path file, Place place) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        List<String> lines = new ArrayList<>();
        lines.add(Integer.toString(place.port()));
        lines.add(place.secret().hex());
        lines.addAll(place.hosts());
        Files.write(temporary, lines);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Waits for the master.
     *
     * @param log is told what is waited for if that takes some seconds
     * @throws LaunchException if it does not come in time
     */
    public static Place await(Path file, Duration timeout, Consumer<String> log)
            throws IOException, InterruptedException {
        long started = System.nanoTime();
        boolean said = false;
        Optional<Place> place = read(file);
        while (place.isEmpty()) {
            long waited = System.nanoTime() - started;
            if (!said && waited > PATIENCE.toNanos()) {
                said = true;
                log.accept(
                        "waits up to " + timeout.toSeconds() + " s for rank 0, which has not written " + file + " yet");
            }
            if (waited > timeout.toNanos()) {
                throw new LaunchException("rank 0 did not write " + file + " within " + timeout.toSeconds()
                        + " s: did it fail, or do the ranks not share their working directory?");
            }
            Thread.sleep(POLL_MILLIS);
            place = read(file);
        }
        return place.get();
    }

    /** Where the master is; empty if it is not there yet, or no more. */
    public static Optional<Place> read(Path file) throws IOException {
        List<String> lines;
        try {
            requireOwn(file);
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (lines.size() < 3) {
            throw new LaunchException(file + ": is not from rank 0 of this run");
        }
        return Optional.of(new Place(
                Integer.parseInt(lines.get(0)), RunSecret.parse(lines.get(1)), lines.subList(2, lines.size())));
    }

    /** In a directory that others can write, somebody else's file would lead workers to somebody else's master. */
    private static void requireOwn(Path file) throws IOException {
        Object owner = Files.getAttribute(file, "unix:uid");
        boolean shut = PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                .endsWith("------");
        if (!shut || !owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            throw new LaunchException(
                    file + ": is not a file of yours that only you can read, so not from your rank 0");
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
