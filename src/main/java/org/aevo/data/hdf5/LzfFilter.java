package org.aevo.data.hdf5;

import static org.bytedeco.hdf5.global.hdf5.H5Z_CLASS_T_VERS;
import static org.bytedeco.hdf5.global.hdf5.H5Z_FLAG_REVERSE;
import static org.bytedeco.hdf5.global.hdf5.H5Zregister;
import static org.bytedeco.hdf5.global.hdf5.H5allocate_memory;
import static org.bytedeco.hdf5.global.hdf5.H5free_memory;

import java.util.Arrays;
import org.bytedeco.hdf5.H5Z_class2_t;
import org.bytedeco.hdf5.H5Z_func_t;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;

/** LZF, which h5py writes and the C library does not know; only to read. */
final class LzfFilter extends H5Z_func_t {
    private static final int ID = 32000;
    private static final int CHUNK_SIZE = 2;
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;
    /** A back reference of three bytes makes 264. */
    private static final int MOST_PER_BYTE = 88;

    /** The library calls it for as long as the process lives. */
    private static LzfFilter registered;

    private LzfFilter() {}

    static synchronized void register() {
        if (registered == null) {
            registered = new LzfFilter();
            H5Zregister(new H5Z_class2_t()
                    .version(H5Z_CLASS_T_VERS)
                    .id(ID)
                    .encoder_present(0)
                    .decoder_present(1)
                    .name(new BytePointer("lzf"))
                    .filter(registered));
        }
    }

    /** 0 is a failure. */
    @Override
    public long call(
            int flags, long parameters, IntPointer values, long bytes, SizeTPointer bufferSize, PointerPointer buffer) {
        if ((flags & H5Z_FLAG_REVERSE) == 0 || bytes > MOST_BYTES) {
            return 0;
        }
        byte[] packed = new byte[(int) bytes];
        Pointer old = buffer.get(Pointer.class, 0);
        new BytePointer(old).capacity(bytes).get(packed);
        long announced = parameters > CHUNK_SIZE ? values.get(CHUNK_SIZE) & 0xFFFF_FFFFL : bytes;
        int most = (int) Math.min(MOST_BYTES, Math.max(announced, 1L) + bytes * MOST_PER_BYTE);
        byte[] plain;
        try {
            plain = unpack(packed, (int) Math.min(announced, MOST_BYTES), most);
        } catch (IndexOutOfBoundsException | OutOfMemoryError e) {
            return 0;
        }
        Pointer fresh = H5allocate_memory(Math.max(1, plain.length), false);
        if (fresh == null || fresh.isNull()) {
            return 0;
        }
        new BytePointer(fresh).capacity(plain.length).put(plain);
        H5free_memory(old);
        buffer.put(0, fresh);
        bufferSize.put(0, plain.length);
        return plain.length;
    }

    /**
     * Literals and back references, as M. Lehmann's LibLZF writes them.
     *
     * @param expected size of the result, which may be another
     * @throws IndexOutOfBoundsException if the bytes are damaged, or the result is larger than {@code most}
     */
    static byte[] unpack(byte[] in, int expected, int most) {
        byte[] out = new byte[Math.min(expected, most)];
        int size = 0;
        int at = 0;
        while (at < in.length) {
            int control = in[at++] & 0xFF;
            int length;
            int from;
            if (control < 32) {
                length = control + 1;
                from = -1;
            } else {
                length = control >> 5;
                if (length == 7) {
                    length += in[at++] & 0xFF;
                }
                length += 2;
                from = size - ((control & 0x1F) << 8) - (in[at++] & 0xFF) - 1;
                if (from < 0) {
                    throw new IndexOutOfBoundsException("a reference before the start");
                }
            }
            if (length > most - size) {
                throw new IndexOutOfBoundsException("more than " + most + " bytes");
            }
            if (size + length > out.length) {
                out = Arrays.copyOf(out, (int) Math.min(most, Math.max(2L * out.length, size + length)));
            }
            if (from < 0) {
                System.arraycopy(in, at, out, size, length);
                at += length;
            } else {
                // byte by byte: the reference may overlap what it makes
                for (int i = 0; i < length; i++) {
                    out[size + i] = out[from + i];
                }
            }
            size += length;
        }
        return Arrays.copyOf(out, size);
    }
}
