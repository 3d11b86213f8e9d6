package org.aevo.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a camera wrote into a JPEG file about how it was held. */
final class Exif {
    private static final int LOOK = 1 << 17;
    private static final int ORIENTATION = 0x0112;
    private static final int UPRIGHT = 1;

    private Exif() {}

    /** Whether an image is to be turned or mirrored to be seen as it was taken; false where that is not known. */
    static boolean turned(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            ByteBuffer bytes = ByteBuffer.wrap(in.readNBytes(LOOK));
            if (bytes.remaining() < 4 || bytes.getShort() != (short) 0xFFD8) {
                return false;
            }
            while (bytes.remaining() >= 4) {
                int marker = bytes.getShort() & 0xFFFF;
                int length = bytes.getShort() & 0xFFFF;
                if (marker >>> 8 != 0xFF || marker == 0xFFDA || length < 2 || length - 2 > bytes.remaining()) {
                    return false;
                }
                if (marker == 0xFFE1) {
                    return isTurned(bytes.slice().limit(length - 2));
                }
                bytes.position(bytes.position() + length - 2);
            }
        } catch (IOException | IndexOutOfBoundsException | java.nio.BufferUnderflowException e) {
            // what says nothing, is upright
        }
        return false;
    }

    private static boolean isTurned(ByteBuffer segment) {
        byte[] name = new byte[6];
        segment.get(name);
        if (!new String(name, StandardCharsets.ISO_8859_1).equals("Exif\0\0")) {
            return false;
        }
        ByteBuffer tiff = segment.slice();
        tiff.order(tiff.getShort(0) == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if ((tiff.getShort(entry) & 0xFFFF) == ORIENTATION) {
                return tiff.getShort(entry + 8) != UPRIGHT;
            }
        }
        return false;
    }
}
