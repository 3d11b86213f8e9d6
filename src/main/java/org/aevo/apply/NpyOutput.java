package org.aevo.apply;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A NumPy array, format version 1.0: errors in double precision, labels as integers, all else in single precision. */
final class NpyOutput implements Output {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int ALIGNED = 64;

    private final FileChannel file;

    NpyOutput(Path path, Product product) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            write(header(product));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static ByteBuffer header(Product product) {
        String shape = Arrays.stream(product.shape()).mapToObj(Long::toString).collect(Collectors.joining(", "));
        String type =
                switch (product.what()) {
                    case CODES, RECONSTRUCTIONS, PROBABILITIES -> "<f4";
                    case ERRORS -> "<f8";
                    case LABELS -> "<i4";
                };
        String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape
                + (product.sides().isEmpty() ? "," : "") + "), }";
        int size = MAGIC.length + Short.BYTES + text.length() + 1;
        int padded = (size + ALIGNED - 1) / ALIGNED * ALIGNED;
        String header = text + " ".repeat(padded - size) + "\n";
        return ByteBuffer.allocate(padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putShort((short) header.length())
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .flip();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    @Override
    public void write(Piece piece) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(piece.values().length * Float.BYTES
                        + piece.errors().length * Double.BYTES
                        + piece.labels().length * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        if (piece.errors().length > 0) {
            bytes.asDoubleBuffer().put(piece.errors());
        } else if (piece.labels().length > 0) {
            bytes.asIntBuffer().put(piece.labels());
        } else {
            bytes.asFloatBuffer().put(piece.values());
        }
        write(bytes);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
