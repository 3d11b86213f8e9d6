package org.aevo.data.hdf5;

import static org.bytedeco.hdf5.global.hdf5.H5E_DEFAULT;
import static org.bytedeco.hdf5.global.hdf5.H5E_WALK_UPWARD;
import static org.bytedeco.hdf5.global.hdf5.H5Eset_auto2;
import static org.bytedeco.hdf5.global.hdf5.H5Ewalk2;
import static org.bytedeco.hdf5.global.hdf5.H5F_ACC_RDONLY;
import static org.bytedeco.hdf5.global.hdf5.H5Fopen;
import static org.bytedeco.hdf5.global.hdf5.H5P_CLS_FILE_ACCESS_ID_g;
import static org.bytedeco.hdf5.global.hdf5.H5Pcreate;
import static org.bytedeco.hdf5.global.hdf5.H5Pset_file_locking;
import static org.bytedeco.hdf5.global.hdf5.H5open;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.hdf5.H5E_error2_t;
import org.bytedeco.hdf5.H5E_walk2_t;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** The C library, loaded. One thread may call it. */
final class Library {
    private static final int DEEPEST = 2;

    private Library() {}

    static void open() {
        if (H5open() < 0) {
            throw new Hdf5Exception("the HDF5 library does not start: " + reason());
        }
        // what goes wrong is told by reason(), not printed
        H5Eset_auto2(H5E_DEFAULT, null, null);
        LzfFilter.register();
    }

    /**
     * Opens a file to read. It is not locked: many file systems of clusters know no locks.
     *
     * @param path with the separators of this system
     * @throws Hdf5Exception if it cannot be opened, as every file that is no HDF5 file
     */
    static Handle file(String path) {
        try (Handle access = new Handle(H5Pcreate(H5P_CLS_FILE_ACCESS_ID_g()), "opening")) {
            H5Pset_file_locking(access.id(), false, true);
            long file = H5Fopen(path(path), H5F_ACC_RDONLY, access.id());
            if (file < 0) {
                throw new Hdf5Exception("cannot be opened: " + reason());
            }
            return new Handle(file, "cannot be opened");
        }
    }

    /** The name of a file. */
    static BytePointer path(String path) {
        return new BytePointer(nul(path.getBytes(fileNames())));
    }

    /** The name of an object in a file, which is UTF-8 whatever the locale. */
    static BytePointer name(String text) {
        return new BytePointer(nul(text.getBytes(StandardCharsets.UTF_8)));
    }

    static Charset fileNames() {
        return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }

    private static byte[] nul(byte[] text) {
        byte[] terminated = new byte[text.length + 1];
        System.arraycopy(text, 0, terminated, 0, text.length);
        return terminated;
    }

    /** Why the last call failed: what the deepest functions said. */
    static String reason() {
        List<String> reasons = new ArrayList<>();
        H5E_walk2_t walk = new Walk(reasons);
        H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, walk, null);
        return reasons.isEmpty() ? "no reason given" : String.join(": ", reasons);
    }

    /** Collects what functions said, the deepest first. */
    private static final class Walk extends H5E_walk2_t {
        private final List<String> reasons;

        Walk(List<String> reasons) {
            this.reasons = reasons;
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public int call(int depth, H5E_error2_t error, Pointer data) {
            if (reasons.size() < DEEPEST && error.desc() != null) {
                String text = new String(error.desc().getStringBytes(), StandardCharsets.UTF_8);
                if (!reasons.contains(text)) {
                    reasons.add(0, text);
                }
            }
            return 0;
        }
    }
}
