package org.aevo.mpi;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;

/**
 * The seal of the frames of one direction of a link: after each frame the first 16 bytes of HMAC-SHA-256 over its number,
 * from 0, and itself. The number is not sent: a frame that is changed, left out, doubled, or not in its turn does not
 * carry the seal that is due. One thread at a time.
 */
final class FrameMac {
    /** What a seal adds to a frame. */
    static final int BYTES = 16;

    private final Mac mac;
    private final byte[] number = new byte[Long.BYTES];
    private final byte[] full = new byte[Hmac.BYTES];

    FrameMac(byte[] key) {
        mac = Hmac.with(key);
    }

    /**
     * Seals the next frame.
     *
     * @param frame has room for the seal behind it
     * @return the length of both
     */
    int seal(byte[] frame, int length) {
        compute(frame, length);
        System.arraycopy(full, 0, frame, length, BYTES);
        return length + BYTES;
    }

    /**
     * Checks the next frame.
     *
     * @param length of the frame and its seal
     * @return the length of the frame
     * @throws ChangedFramesException if this is not the frame that was sealed, or not the one whose turn it is
     */
    int open(byte[] sealed, int length) throws ChangedFramesException {
        int frame = length - BYTES;
        if (frame < 1) {
            throw new ChangedFramesException();
        }
        compute(sealed, frame);
        if (!MessageDigest.isEqual(Arrays.copyOf(full, BYTES), Arrays.copyOfRange(sealed, frame, length))) {
            throw new ChangedFramesException();
        }
        return frame;
    }

    private void compute(byte[] frame, int length) {
        mac.update(number);
        mac.update(frame, 0, length);
        try {
            mac.doFinal(full, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("32 bytes are room for an HMAC", e);
        }
        for (int i = number.length - 1; ++number[i] == 0; i--) {
            // carries
        }
    }
}
