package org.aevo.record;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import org.aevo.codec.Encoder;

/**
 * What the payload of a record ends with, so that it is known for a record of this run and of this place in it: i64 run,
 * u32 sequence, u32 place, big-endian. The highest bit of the payload's first byte, its version, says that there is one;
 * all else in the payload stands where it stood before there were seals. Programs up to 0.5.0 wrote none.
 *
 * @param run the same in all records of a journal, drawn when it is begun; never 0
 * @param sequence records that the journal has before this one
 * @param place records before this one that were written together with it: what one interrupted write can leave begins
 *     at a record whose place is 0
 */
record Seal(long run, int sequence, int place) {
    static final int BYTES = Long.BYTES + 2 * Integer.BYTES;
    private static final int FLAG = 0x80;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A run that no other journal has. */
    static long newRun() {
        long run = 0;
        while (run == 0) {
            run = RANDOM.nextLong();
        }
        return run;
    }

    /** Whether a payload that begins with this byte has a seal. */
    static boolean isAnnounced(int version) {
        return (version & FLAG) != 0;
    }

    /** The version of an entry, of a payload's first byte. */
    static int version(int first) {
        return first & ~FLAG;
    }

    /** Puts the seal to a payload, which was written from this place on. */
    void close(Encoder payload, int from) {
        ByteBuffer first = payload.written(from);
        first.put(0, (byte) (first.get(0) | FLAG));
        payload.i64(run).i32(sequence).i32(place);
    }

    /** The seal of a payload; empty if it has none. */
    static Optional<Seal> of(byte[] payload) {
        if (payload.length <= BYTES || !isAnnounced(payload[0])) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(payload, payload.length - BYTES, BYTES);
        return Optional.of(new Seal(in.getLong(), in.getInt(), in.getInt()));
    }

    /** A name of the run for messages. */
    static String name(long run) {
        return String.format("%016x", run);
    }
}
