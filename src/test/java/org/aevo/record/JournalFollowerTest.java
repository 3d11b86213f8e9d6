package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.aevo.codec.MalformedDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal that grows while it is read. */
class JournalFollowerTest {
    @TempDir
    Path folder;

    private Path journal() {
        return folder.resolve("run.journal");
    }

    private static byte[] bytes(Path folder, List<Entry> entries) throws IOException {
        Path file = folder.resolve("whole");
        Files.deleteIfExists(file);
        try (Journal journal = Journal.create(file)) {
            journal.append(entries.toArray(Entry[]::new));
        }
        return Files.readAllBytes(file);
    }

    @Test
    void whateverIsThereEachRecordIsReadOnceAndInOrder() throws Exception {
        List<Entry> entries = SampleRun.entries(5, 60, 4, 0.1);
        byte[] whole = bytes(folder, entries);
        Random random = new Random(7);
        List<Entry> heard = new ArrayList<>();
        try (JournalFollower follower = new JournalFollower(journal(), heard::add)) {
            assertFalse(follower.poll(), "there is none yet");
            for (int end = 0; end < whole.length; end = Math.min(whole.length, end + 1 + random.nextInt(500))) {
                Files.write(journal(), Arrays.copyOf(whole, end));
                int before = heard.size();
                assertEquals(follower.poll(), heard.size() > before);
                assertEquals(entries.subList(0, heard.size()), heard);
            }
            Files.write(journal(), whole);
            follower.poll();
            assertEquals(entries, heard);
            assertFalse(follower.poll());
            assertEquals(
                    RunHistory.read(journal()).evaluated(), follower.history().evaluated());
            assertTrue(follower.history().ended().isPresent());
        }
    }

    @Test
    void aTornRecordIsNotThereYetAndAnotherMayTakeItsPlace() throws Exception {
        List<Entry> entries = SampleRun.entries(5, 10, 2, 0);
        byte[] whole = bytes(folder, entries);
        List<Entry> heard = new ArrayList<>();
        try (JournalFollower follower = new JournalFollower(journal(), heard::add)) {
            Files.write(journal(), Arrays.copyOf(whole, whole.length - 3));
            follower.poll();
            assertEquals(entries.subList(0, entries.size() - 1), heard);
            // a resumed run cuts it off
            try (Journal resumed = Journal.open(journal(), entry -> {})) {
                resumed.append(new Entry.RunEnded(99, false, "another"));
            }
            assertTrue(follower.poll());
            assertEquals(new Entry.RunEnded(99, false, "another"), heard.get(heard.size() - 1));
            assertEquals(entries.size(), heard.size());
        }
    }

    @Test
    void anotherJournalInItsPlaceIsReadFromItsStart() throws Exception {
        List<Entry> entries = SampleRun.entries(5, 10, 2, 0);
        List<Entry> others = SampleRun.entries(6, 4, 1, 0);
        List<Entry> heard = new ArrayList<>();
        try (JournalFollower follower = new JournalFollower(journal(), heard::add)) {
            Files.write(journal(), bytes(folder, entries));
            follower.poll();
            heard.clear();
            Path other = Files.write(folder.resolve("other"), bytes(folder, others));
            Files.move(other, journal(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            assertTrue(follower.poll());
            assertEquals(others, heard);
            assertEquals(4, follower.history().evaluated());
        }
    }

    @Test
    void whatIsNoJournalIsRefused() throws Exception {
        Files.writeString(journal(), "something else altogether");
        try (JournalFollower follower = new JournalFollower(journal(), entry -> {})) {
            assertThrows(MalformedDataException.class, follower::poll);
        }
    }
}
