package org.aevo.record;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.WritableGroup;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * CRC-32 over everything that an HDF5 file says, whatever its layout: of each object in the order of their paths the
 * attributes by name, then the values. One that was packed anew by h5repack has the same. {@code docs/hdf5.md} has it in
 * Python; {@link #ATTRIBUTE} of the root holds it and is no part of it.
 */
final class Hdf5Checksum {
    static final String ATTRIBUTE = "content_crc32";

    private final CRC32 crc = new CRC32();

    private Hdf5Checksum() {}

    /** Puts it into a file that is complete otherwise. */
    static void put(WritableGroup root) {
        root.putAttribute(ATTRIBUTE, of(root));
    }

    /** Whether the file is as it was written; empty if it has no checksum, as those of older programs. */
    static Optional<Boolean> matches(Group root) {
        Attribute attribute = root.getAttribute(ATTRIBUTE);
        return attribute == null
                ? Optional.empty()
                : Optional.of(Long.valueOf(of(root)).equals(attribute.getData()));
    }

    private static long of(Group root) {
        Map<String, Node> nodes = new TreeMap<>(Hdf5Checksum::compare);
        collect("", root, nodes);
        Hdf5Checksum checksum = new Hdf5Checksum();
        nodes.forEach(checksum::node);
        return checksum.crc.getValue();
    }

    private static void collect(String path, Node node, Map<String, Node> nodes) {
        nodes.put(path, node);
        if (node instanceof Group group) {
            group.getChildren()
                    .forEach((name, child) -> collect(path.isEmpty() ? name : path + "/" + name, child, nodes));
        }
    }

    /** By code points, as Python does. */
    private static int compare(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    private void node(String path, Node node) {
        Map<String, Attribute> attributes = new TreeMap<>(Hdf5Checksum::compare);
        attributes.putAll(node.getAttributes());
        attributes.forEach((name, attribute) -> {
            if (!path.isEmpty() || !name.equals(ATTRIBUTE)) {
                value(path + "@" + name, attribute.getData());
            }
        });
        if (node instanceof Dataset dataset) {
            value(path, dataset.getData());
        }
    }

    private void value(String name, Object value) {
        List<Integer> shape = new ArrayList<>();
        Class<?> type = value.getClass();
        for (Object array = value; type.isArray(); array = Array.get(array, 0)) {
            shape.add(Array.getLength(array));
            type = type.getComponentType();
        }
        crc.update((name + " " + kind(type) + " " + shape + "\0").getBytes(StandardCharsets.UTF_8));
        values(value);
    }

    /** As numpy calls it: kind and bytes. */
    private static String kind(Class<?> type) {
        if (type == String.class) {
            return "S";
        } else if (type == double.class || type == Double.class) {
            return "f8";
        } else if (type == float.class || type == Float.class) {
            return "f4";
        } else if (type == long.class || type == Long.class) {
            return "i8";
        } else if (type == int.class || type == Integer.class) {
            return "i4";
        } else if (type == byte.class || type == Byte.class) {
            return "i1";
        }
        throw new IllegalArgumentException("no file of aevo has values of " + type);
    }

    private void values(Object value) {
        if (value instanceof String text) {
            crc.update(text.getBytes(StandardCharsets.UTF_8));
            crc.update(0);
        } else if (value instanceof byte[] bytes) {
            crc.update(bytes);
        } else if (value instanceof int[] numbers) {
            ByteBuffer bytes = bytes(numbers.length, Integer.BYTES);
            bytes.asIntBuffer().put(numbers);
            crc.update(bytes);
        } else if (value instanceof long[] numbers) {
            ByteBuffer bytes = bytes(numbers.length, Long.BYTES);
            bytes.asLongBuffer().put(numbers);
            crc.update(bytes);
        } else if (value instanceof float[] numbers) {
            ByteBuffer bytes = bytes(numbers.length, Float.BYTES);
            bytes.asFloatBuffer().put(numbers);
            crc.update(bytes);
        } else if (value instanceof double[] numbers) {
            ByteBuffer bytes = bytes(numbers.length, Double.BYTES);
            bytes.asDoubleBuffer().put(numbers);
            crc.update(bytes);
        } else if (value instanceof Object[] each) {
            for (Object one : each) {
                values(one);
            }
        } else {
            scalar(value);
        }
    }

    private void scalar(Object value) {
        if (value instanceof Byte number) {
            values(new byte[] {number});
        } else if (value instanceof Integer number) {
            values(new int[] {number});
        } else if (value instanceof Long number) {
            values(new long[] {number});
        } else if (value instanceof Float number) {
            values(new float[] {number});
        } else {
            values(new double[] {(Double) value});
        }
    }

    private static ByteBuffer bytes(int count, int size) {
        return ByteBuffer.allocate(Math.multiplyExact(count, size)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
