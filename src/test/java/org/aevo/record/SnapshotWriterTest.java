package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SnapshotWriterTest {
    @TempDir
    private Path dir;

    private final List<SnapshotWriter.Snapshot> told = new CopyOnWriteArrayList<>();

    @Test
    void oneAtATimeAndTheLastIsWaitedFor() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        CountDownLatch first = new CountDownLatch(1);
        SnapshotWriter writer = new SnapshotWriter(new RunPaths(dir), snapshot -> {
            told.add(snapshot);
            first.countDown();
            await(mayGoOn);
        });
        RunHistory live = SampleRun.history(SampleRun.entries(1, 10, 2, 0));
        assertTrue(writer.offer(live, Optional.empty()));
        await(first);
        assertFalse(writer.offer(live, Optional.empty()), "one is still being written");
        mayGoOn.countDown();
        writer.finish(SampleRun.history(SampleRun.entries(1, 25, 2, 0)), Optional.empty());
        assertEquals(
                List.of(10, 25),
                told.stream().map(SnapshotWriter.Snapshot::evaluations).toList());
        assertEquals(25, rows());
        assertFalse(writer.offer(live, Optional.empty()), "closed");
    }

    @Test
    void aFailureIsToldAndTheNextOneSucceeds() throws Exception {
        Path place = dir.resolve("later");
        RunHistory history = SampleRun.history(SampleRun.entries(1, 10, 2, 0));
        CountDownLatch failed = new CountDownLatch(1);
        SnapshotWriter writer = new SnapshotWriter(new RunPaths(place), snapshot -> {
            told.add(snapshot);
            failed.countDown();
        });
        writer.offer(history, Optional.empty());
        await(failed);
        assertTrue(told.get(0).failure().orElseThrow().getMessage().startsWith(place.toString()));
        Files.createDirectory(place);
        writer.finish(history, Optional.empty());
        assertEquals(Optional.empty(), told.get(1).failure());
        assertTrue(Files.exists(place.resolve("run.h5")));
    }

    /** A broken listener is not a reason to lose the last snapshot. */
    @Test
    void aListenerThatThrowsDoesNotEndTheThread() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        SnapshotWriter writer = new SnapshotWriter(new RunPaths(dir), snapshot -> {
            called.countDown();
            throw new IllegalStateException("listener");
        });
        writer.offer(SampleRun.history(SampleRun.entries(1, 10, 2, 0)), Optional.empty());
        await(called);
        writer.finish(SampleRun.history(SampleRun.entries(1, 12, 2, 0)), Optional.empty());
        assertEquals(12, rows());
    }

    @Test
    void anInterruptOfTheMasterDoesNotReachTheFile() throws Exception {
        SnapshotWriter writer = new SnapshotWriter(new RunPaths(dir), told::add);
        Thread.currentThread().interrupt();
        writer.finish(SampleRun.history(SampleRun.entries(2, 2000, 2, 0)), Optional.empty());
        assertTrue(Thread.interrupted(), "kept for the master");
        assertEquals(Optional.empty(), told.get(0).failure());
        assertEquals(2000, rows());
    }

    private int rows() {
        try (HdfFile file = new HdfFile(dir.resolve("run.h5"))) {
            return ((long[]) file.getDatasetByPath("/evaluations/id").getData()).length;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
