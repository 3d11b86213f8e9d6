package org.aevo.apply;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.aevo.report.CsvFile;

/** A table of text (RFC 4180, UTF-8): a row per sample, its number, counted from 0, first. */
public final class CsvOutput implements Output {
    private static final int BUFFER = 1 << 16;

    private final OutputStream out;
    private final Product product;
    private final StringBuilder line = new StringBuilder();
    private long sample;

    /** Into a stream, which is closed with this. */
    public CsvOutput(OutputStream out, Product product) throws IOException {
        this.out = new BufferedOutputStream(out, BUFFER);
        this.product = product;
        this.out.write(CsvFile.line(head(product)).getBytes(StandardCharsets.UTF_8));
    }

    static CsvOutput into(Path file, Product product) throws IOException {
        return new CsvOutput(
                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), product);
    }

    private static List<String> head(Product product) {
        List<String> names = new ArrayList<>(List.of("sample"));
        if (product.what() == What.ERRORS) {
            names.addAll(List.of("error", "threshold", "anomaly"));
        } else if (product.what() == What.LABELS) {
            names.add("label");
        } else if (product.columns().isEmpty()) {
            String prefix = product.what() == What.CODES ? "code_" : "value_";
            for (int i = 0; i < product.size(); i++) {
                names.add(prefix + i);
            }
        } else {
            names.addAll(product.columns());
        }
        return names;
    }

    @Override
    public void write(Piece piece) throws IOException {
        for (double error : piece.errors()) {
            line.setLength(0);
            line.append(sample++).append(',').append(error).append(',').append(product.threshold());
            end(line.append(error > product.threshold() ? ",1" : ",0"));
        }
        for (int label : piece.labels()) {
            line.setLength(0);
            end(line.append(sample++).append(',').append(label));
        }
        int size = product.size();
        for (int from = 0; from < piece.values().length; from += size) {
            line.setLength(0);
            line.append(sample++);
            for (int i = from; i < from + size; i++) {
                line.append(',').append(piece.values()[i]);
            }
            end(line);
        }
    }

    private void end(StringBuilder row) throws IOException {
        out.write(row.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** Hands over what is there. */
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
