package org.aevo.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changes the checksum of a split, and what does not. */
class SplitChecksumTest {
    private static final Map<String, String> ALONE = Map.of(CacheFolder.VARIABLE, "none");

    @TempDir
    private Path directory;

    private static String checksum(DataSettings settings) {
        String checksum = Datasets.checksum(settings, ALONE);
        assertTrue(checksum.matches("[0-9a-f]{64}"), checksum);
        assertEquals(checksum, Datasets.load(settings, ALONE).checksum(), "without keeping a sample, and with all");
        return checksum;
    }

    private DataSettings.Builder images(String name, byte[] bytes, byte[] labels) {
        TestFiles.write(directory.resolve(name), TestFiles.idx(bytes, bytes.length / 20, 5, 4));
        TestFiles.write(directory.resolve(name + "-labels"), TestFiles.idx(labels, labels.length));
        return DataSettings.of(DataKind.IDX)
                .path(directory.resolve(name))
                .labels(name + "-labels")
                .seed(3);
    }

    @Test
    void theSameSamplesAtAnotherPlaceAreTheSame() {
        byte[] bytes = TestFiles.random(60 * 20, 1);
        byte[] labels = TestFiles.random(60, 2);
        String one = checksum(images("one", bytes, labels).build());
        assertEquals(one, checksum(images("two", bytes, labels).build()));
        DataSettings packed = images("three", bytes, labels).build();
        TestFiles.write(directory.resolve("three"), TestFiles.gzip(TestFiles.idx(bytes, 60, 5, 4)));
        assertEquals(one, checksum(packed));
    }

    @Test
    void everyOtherSplitIsAnother() {
        byte[] bytes = TestFiles.random(60 * 20, 1);
        byte[] labels = TestFiles.random(60, 2);
        Set<String> seen = new HashSet<>();
        seen.add(checksum(images("one", bytes, labels).build()));
        int expected = 1;
        // of whatever part: each byte of each third sample, and each third label
        for (int at = 0; at < bytes.length; at += 61) {
            byte[] other = bytes.clone();
            other[at] ^= 1;
            seen.add(checksum(images("one", other, labels).build()));
            expected++;
        }
        for (int at = 0; at < labels.length; at += 3) {
            byte[] other = labels.clone();
            other[at] ^= 1;
            seen.add(checksum(images("one", bytes, other).build()));
            expected++;
        }
        DataSettings.Builder same = images("one", bytes, labels);
        seen.add(checksum(same.seed(4).build()));
        seen.add(checksum(same.seed(3).parts(40, 10, 10).build()));
        seen.add(checksum(same.parts(40, 9, 11).build()));
        seen.add(checksum(same.parts(0, 0, 0).scaling(Scaling.PER_FEATURE).build()));
        DataSettings unlabelled = DataSettings.of(DataKind.IDX)
                .path(directory.resolve("one"))
                .seed(3)
                .build();
        seen.add(checksum(unlabelled));
        assertEquals(Optional.empty(), Datasets.load(unlabelled, ALONE).train().labels());
        assertEquals(expected + 5, seen.size());
    }
}
