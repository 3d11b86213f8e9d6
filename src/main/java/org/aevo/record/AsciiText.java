package org.aevo.record;

import io.jhdf.BufferBuilder;
import io.jhdf.WritableDatasetImpl;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.StringData;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The type of texts that are ASCII: the same bytes as jHDF writes, zeros at their end, with the label ASCII. jHDF labels all
 * texts UTF-8, which Octave cannot load, whatever is in them; one such text keeps it from loading the rest of a file.
 */
final class AsciiText extends StringData {
    private AsciiText(int size) {
        super(message(size));
    }

    /** Gives all texts of a file that is not written yet this type, where they are ASCII. */
    static void label(Group group) {
        try {
            Field type = WritableDatasetImpl.class.getDeclaredField("dataType");
            type.setAccessible(true);
            label(group, type);
        } catch (ReflectiveOperationException | RuntimeException e) {
            // files are as good as jHDF writes them; Hdf5ToolsTest fails where this does not work any more
            org.slf4j.LoggerFactory.getLogger(AsciiText.class)
                    .debug("Octave will not load the HDF5 files that are written", e);
        }
    }

    private static void label(Group group, Field type) throws IllegalAccessException {
        for (Node node : group) {
            if (node instanceof Group inner) {
                label(inner, type);
            } else if (node instanceof WritableDatasetImpl dataset
                    && dataset.getDataType() instanceof StringData text
                    && isAscii(dataset.getData())) {
                type.set(dataset, new AsciiText(text.getSize()));
            }
        }
    }

    private static boolean isAscii(Object texts) {
        return texts instanceof Object[] each
                ? Arrays.stream(each).allMatch(AsciiText::isAscii)
                : ((String) texts).chars().allMatch(c -> c < 128);
    }

    /** A datatype message: class and version 1 in a byte, three bytes of flags that are all 0, the size of an element. */
    private static ByteBuffer message(int size) {
        return new BufferBuilder()
                .writeByte(1 << 4 | CLASS_ID)
                .writeBytes(new byte[3])
                .writeInt(size)
                .build()
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public ByteBuffer toBuffer() {
        return message(getSize());
    }
}
