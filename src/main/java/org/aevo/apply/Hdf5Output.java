package org.aevo.apply;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.aevo.data.hdf5.Hdf5Writer;
import org.aevo.data.hdf5.Hdf5Writer.Type;
import org.aevo.network.Classes;
import org.aevo.network.EnumText;

/**
 * An HDF5 file with an array of what was asked for; beside errors another that says which are anomalies, and of a classifier
 * another of the labels of its classes.
 */
final class Hdf5Output implements Output {
    static final String SCHEMA = "aevo-applied";
    static final int SCHEMA_VERSION = 1;
    /** An attribute holds no more than 64 KiB. */
    private static final int MOST_OF_ATTRIBUTE = 10_000;

    private static final String CLASSES = "classes";

    private final Hdf5Writer file;
    private final Hdf5Writer.Array array;
    private final Optional<Hdf5Writer.Array> anomalies;
    private final double threshold;

    Hdf5Output(Path path, Product product) throws IOException {
        boolean errors = product.what() == What.ERRORS;
        threshold = product.threshold();
        file = Hdf5Writer.create(path);
        try {
            file.attribute("schema", SCHEMA);
            file.attribute("schema_version", SCHEMA_VERSION);
            for (Map.Entry<String, Object> each : product.about().entrySet()) {
                if (each.getValue() instanceof Long number) {
                    file.attribute(each.getKey(), number);
                } else if (each.getValue() instanceof Double number) {
                    file.attribute(each.getKey(), number);
                } else {
                    file.attribute(each.getKey(), each.getValue().toString());
                }
            }
            if (product.classes().isPresent()) {
                classes(product.classes().get());
            }
            Type type =
                    switch (product.what()) {
                        case CODES, RECONSTRUCTIONS, PROBABILITIES -> Type.F32;
                        case ERRORS -> Type.F64;
                        case LABELS -> Type.I32;
                    };
            array = file.array(EnumText.of(product.what()), type, product.shape());
            anomalies = errors ? Optional.of(file.array("anomaly", Type.U8, product.shape())) : Optional.empty();
        } catch (IOException e) {
            try {
                file.close();
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private void classes(Classes classes) throws IOException {
        int[] labels = classes.labels().stream().mapToInt(label -> label).toArray();
        if (labels.length <= MOST_OF_ATTRIBUTE) {
            file.attribute(CLASSES, labels);
        }
        file.array(CLASSES, Type.I32, labels.length).write(labels);
    }

    @Override
    public void write(Piece piece) throws IOException {
        if (piece.labels().length > 0) {
            array.write(piece.labels());
            return;
        }
        if (anomalies.isEmpty()) {
            array.write(piece.values());
            return;
        }
        array.write(piece.errors());
        byte[] above = new byte[piece.errors().length];
        for (int i = 0; i < above.length; i++) {
            above[i] = (byte) (piece.errors()[i] > threshold ? 1 : 0);
        }
        anomalies.get().write(above);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
