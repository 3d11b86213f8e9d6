package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a record holds, its checksum tells where it was written. */
class MisplacedRecordsTest {
    @Test
    void theOffsetIsFound() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            byte[] payload = new byte[1 + random.nextInt(i < 1990 ? 300 : 1 << 20)];
            random.nextBytes(payload);
            int type = random.nextInt(256);
            long offset = random.nextInt(3) == 0 ? random.nextLong() >>> 1 : random.nextInt(1 << 26);
            int checksum = JournalFormat.checksum(offset, type, payload);
            assertEquals(
                    offset,
                    MisplacedRecords.offset(
                            checksum, type, ByteBuffer.wrap(payload), offset ^ random.nextInt(1 << 20)));
        }
    }
}
