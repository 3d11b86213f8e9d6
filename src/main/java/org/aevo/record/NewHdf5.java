package org.aevo.record;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.object.message.FillValueMessage;
import java.lang.reflect.Field;
import java.nio.file.Path;

/**
 * Writes new HDF5 files. jHDF says of every array that its values are undefined before they are written and are
 * filled in when space is allocated, which the HDF5 library refuses to create again: h5repack, h5copy and h5py's copy fail.
 * Here arrays are said to be never filled in, which is true.
 */
final class NewHdf5 {
    private static final int NEVER = 1;

    static {
        try {
            // the one message that it writes for all arrays; Hdf5ToolsTest fails where this is not so any more
            Field time = FillValueMessage.class.getDeclaredField("fillValueWriteTime");
            time.setAccessible(true);
            time.setInt(FillValueMessage.NO_FILL, NEVER);
        } catch (ReflectiveOperationException | RuntimeException e) {
            // files are as good as jHDF writes them
            org.slf4j.LoggerFactory.getLogger(NewHdf5.class)
                    .debug("h5repack will not take the HDF5 files that are written", e);
        }
    }

    private NewHdf5() {}

    /** What a file is to hold. */
    @FunctionalInterface
    interface Content {
        void put(WritableHdfFile hdf5) throws RecordException;
    }

    /** Writes a file that does not exist yet. */
    static void write(Path file, Content content) throws RecordException {
        try (WritableHdfFile hdf5 = HdfFile.write(file)) {
            content.put(hdf5);
            AsciiText.label(hdf5);
        }
    }
}
