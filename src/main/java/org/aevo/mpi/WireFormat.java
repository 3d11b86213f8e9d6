package org.aevo.mpi;

import org.aevo.codec.Decoder;
import org.aevo.codec.Encoder;
import org.aevo.codec.Format;
import org.aevo.codec.FormatRegistry;
import org.aevo.codec.MalformedDataException;

/** Messages to bytes and back: a 32-bit version, a byte that names the message, its fields in order. */
public final class WireFormat {
    /** Of messages and of the way to join; both sides of a link speak the same. */
    public static final int VERSION = 11;

    private static final FormatRegistry<Message> FORMATS = new FormatRegistry<>("message", MessageFormats.ALL);

    private WireFormat() {}

    /**
     * @throws IllegalArgumentException if messages of this class have no format
     */
    public static byte[] encode(Message message) {
        Format<Message> format = FORMATS.of(message);
        Encoder out = new Encoder().i32(VERSION).u8(format.code());
        format.writer().write(out, message);
        return out.toBytes();
    }

    /**
     * @throws MalformedDataException if the bytes are not exactly one message of this version
     */
    public static Message decode(byte[] bytes) throws MalformedDataException {
        Decoder in = new Decoder(bytes);
        int version = in.i32();
        if (version != VERSION) {
            throw new MalformedDataException(
                    "a message of version " + version + ", but this side speaks version " + VERSION);
        }
        Format<? extends Message> format = FORMATS.ofCode(in.u8());
        Message message = format.reader().read(in, format.version());
        in.end();
        return message;
    }
}
