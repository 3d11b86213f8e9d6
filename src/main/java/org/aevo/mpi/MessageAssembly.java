package org.aevo.mpi;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.aevo.codec.MalformedDataException;

/** Puts the pieces of messages together. Memory grows with what has arrived, not with the length announced. */
final class MessageAssembly {
    private static final int FIRST_CAPACITY = 1 << 16;
    private final int maxBytes;
    private byte[] message = new byte[0];
    private int length;
    private int filled;

    MessageAssembly(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Takes the rest of a frame after its kind.
     *
     * @return the message, if it is complete
     */
    Optional<byte[]> take(byte kind, ByteBuffer frame) throws MalformedDataException {
        boolean inside = filled < length;
        if (kind == Frames.FIRST) {
            if (inside) {
                throw new MalformedDataException("a message begins inside another");
            }
            if (frame.remaining() < Integer.BYTES) {
                throw new MalformedDataException("a message without a length");
            }
            begin(frame.getInt());
        } else if (!inside) {
            throw new MalformedDataException("a message goes on that has not begun");
        }
        int more = frame.remaining();
        if (more == 0 || more > length - filled) {
            throw new MalformedDataException(
                    more + " bytes of a message that lacks " + (length - filled) + " of " + length);
        }
        if (filled + more > message.length) {
            message = Arrays.copyOf(message, (int) Math.min(length, Math.max(filled + more, 2L * message.length)));
        }
        frame.get(message, filled, more);
        filled += more;
        if (filled < length) {
            return Optional.empty();
        }
        byte[] whole = message.length == length ? message : Arrays.copyOf(message, length);
        message = new byte[0];
        return Optional.of(whole);
    }

    /** Takes the next whole message of a frame of several. */
    byte[] whole(ByteBuffer frame) throws MalformedDataException {
        if (filled < length) {
            throw new MalformedDataException("a message begins inside another");
        }
        int announced = frame.remaining() < Integer.BYTES ? 0 : frame.getInt();
        if (announced < 1 || announced > Math.min(maxBytes, frame.remaining())) {
            throw new MalformedDataException("a message of " + announced + " bytes in a frame of several that has "
                    + frame.remaining() + " left; the limit is " + maxBytes);
        }
        byte[] message = new byte[announced];
        frame.get(message);
        return message;
    }

    private void begin(int announced) throws MalformedDataException {
        if (announced < 1 || announced > maxBytes) {
            throw new MalformedDataException(
                    "a message of " + announced + " bytes announced; the limit is " + maxBytes);
        }
        length = announced;
        filled = 0;
        message = new byte[Math.min(announced, FIRST_CAPACITY)];
    }
}
