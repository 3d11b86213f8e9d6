package org.aevo.mpi;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * The seals of the words in a team, which all members count alike: behind each word the first 16 bytes of HMAC-SHA-256
 * over its number, from 0, its member, and itself, under a key of the run's secret and the team's number. One thread at
 * a time.
 */
final class TeamSeals {
    private static final int BYTES = 16;

    private final Mac mac;
    private long number;

    TeamSeals(RunSecret secret, long team) {
        mac = Hmac.with(secret.proof(
                "team words", ByteBuffer.allocate(Long.BYTES).putLong(team).array()));
    }

    /** Goes on to the next number. */
    void next() {
        number++;
    }

    /** A member's word, and its seal. */
    byte[] seal(int member, byte[] word) {
        byte[] sealed = Arrays.copyOf(word, word.length + BYTES);
        System.arraycopy(compute(member, word, word.length), 0, sealed, word.length, BYTES);
        return sealed;
    }

    /**
     * The word.
     *
     * @throws ChangedFramesException if it is not what the member has sealed under this number
     */
    byte[] open(int member, byte[] sealed) throws ChangedFramesException {
        int length = sealed.length - BYTES;
        if (length < 0
                || !MessageDigest.isEqual(
                        Arrays.copyOf(compute(member, sealed, length), BYTES),
                        Arrays.copyOfRange(sealed, length, sealed.length))) {
            throw new ChangedFramesException();
        }
        return Arrays.copyOf(sealed, length);
    }

    private byte[] compute(int member, byte[] word, int length) {
        mac.update(ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(number)
                .putInt(member)
                .array());
        mac.update(word, 0, length);
        return mac.doFinal();
    }
}
