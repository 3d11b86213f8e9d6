package org.aevo.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.aevo.mpi.RunSecret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class MeetingPointTest {
    @TempDir
    private Path folder;

    private final RunSecret secret = RunSecret.random();

    private Path file() {
        return folder.resolve(".aevo-7.0.0");
    }

    private MeetingPoint.Place place() {
        return new MeetingPoint.Place(20_123, secret, List.of("node0", "10.0.0.1"));
    }

    private static void assertSame(MeetingPoint.Place expected, MeetingPoint.Place found) {
        assertEquals(expected.port(), found.port());
        assertEquals(expected.hosts(), found.hosts());
        assertEquals(expected.secret().hex(), found.secret().hex());
    }

    private String refused() {
        return assertThrows(LaunchException.class, () -> MeetingPoint.read(file()))
                .getMessage();
    }

    @Test
    void whatRankZeroWritesIsReadAndGoesWithIt() throws Exception {
        assertEquals(Optional.empty(), MeetingPoint.read(file()));
        try (MeetingPoint meeting = MeetingPoint.open(file(), place())) {
            assertTrue(meeting.toString().length() > 0);
            assertSame(place(), MeetingPoint.read(file()).orElseThrow());
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        }
        assertFalse(Files.exists(file()));
    }

    @Test
    void noFileButOnesOwnPrivateOneIsBelieved() throws Exception {
        Path own = folder.resolve("own");
        MeetingPoint.open(own, place());
        Files.createSymbolicLink(file(), own); // of a good file, even
        assertTrue(refused().contains("only you can read"));
        Files.delete(file());
        Files.move(own, file());
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        assertTrue(refused().contains("only you can read"));
        Files.delete(file());
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", "-m", "600", file().toString())
                        .start()
                        .waitFor());
        assertTrue(refused().contains("only you can read")); // and does not wait for a writer
        Files.delete(file());
        Files.createDirectory(
                file(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        assertTrue(refused().contains("only you can read"));
        Files.delete(file());
        MeetingPoint.open(file(), place());
        Files.writeString(file(), "x".repeat(100_000));
        assertTrue(refused().contains("longer than"));
        Files.writeString(file(), "no port\n" + secret.hex() + "\nhost\n");
        assertTrue(refused().contains("is not from rank 0"));
    }

    @Test
    void somebodyElsesFileIsNotBelieved() throws Exception {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root can give files away");
        MeetingPoint.open(file(), place());
        Files.setAttribute(file(), "unix:uid", 65534);
        assertTrue(refused().contains("only you can read"));
    }

    /** Between the look at a name and its opening, another user puts a file of his there, and takes it away again. */
    @Test
    void aNameThatChangesHandsIsNotBelieved() throws Exception {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root can give files away");
        MeetingPoint.open(file(), place());
        Path good = Files.move(file(), folder.resolve("good"));
        Path bad = folder.resolve("bad");
        MeetingPoint.open(bad, new MeetingPoint.Place(666, RunSecret.random(), List.of("elsewhere")));
        Files.setAttribute(bad, "unix:uid", 65534);
        Path goodAgain = folder.resolve("good-again");
        Path badAgain = folder.resolve("bad-again");
        AtomicBoolean over = new AtomicBoolean();
        Thread swapper = new Thread(() -> {
            try {
                while (!over.get()) {
                    link(good, goodAgain);
                    Files.move(goodAgain, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                    link(bad, badAgain);
                    Files.move(badAgain, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                }
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        swapper.start();
        int read = 0;
        int refused = 0;
        try {
            while (read < 20 || refused < 20) {
                try {
                    Optional<MeetingPoint.Place> found = MeetingPoint.read(file());
                    if (found.isPresent()) {
                        assertSame(place(), found.get());
                        read++;
                    }
                } catch (LaunchException e) {
                    refused++;
                }
            }
        } finally {
            over.set(true);
            swapper.join();
        }
    }

    private static void link(Path from, Path to) throws java.io.IOException {
        Files.deleteIfExists(to);
        Files.createLink(to, from);
    }

    @Test
    void aRankZeroThatChecksTheDataIsWaitedForAsLongAsItGetsOn() throws Exception {
        Duration patience = Duration.ofMillis(1500);
        Thread zero = new Thread(() -> {
            try {
                for (int n = 1; n <= 10; n++) { // twice as long as the others wait without a sign
                    MeetingPoint.prepare(file(), n);
                    Thread.sleep(300);
                }
                MeetingPoint.open(file(), place());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        zero.start();
        assertSame(place(), MeetingPoint.await(file(), patience, line -> {}));
        zero.join();
    }

    @Test
    void oneThatGetsNoFurtherIsNot() throws Exception {
        MeetingPoint.prepare(file(), 1);
        assertEquals(Optional.empty(), MeetingPoint.read(file()));
        String hung = assertThrows(
                        LaunchException.class, () -> MeetingPoint.await(file(), Duration.ofMillis(300), line -> {}))
                .getMessage();
        assertTrue(hung.contains("cluster.start-timeout") && hung.contains("it was checking the data"), hung);
        MeetingPoint.retract(file());
        String nobody = assertThrows(
                        LaunchException.class, () -> MeetingPoint.await(file(), Duration.ofMillis(300), line -> {}))
                .getMessage();
        assertTrue(nobody.contains("cluster.start-timeout") && nobody.contains("did it fail"), nobody);
    }
}
