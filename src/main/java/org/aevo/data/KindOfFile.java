package org.aevo.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Which kind of data a file or folder is, by its first bytes. */
final class KindOfFile {
    private static final int MAGIC = 4;
    private static final int FIRST_TYPE = 8;
    private static final int LAST_TYPE = 14;

    private KindOfFile() {}

    /**
     * @throws DataException if there is nothing, or it is of no kind that is read; the message says how to convert it
     */
    static DataKind of(Path path) {
        if (Files.isDirectory(path)) {
            return DataKind.IMAGES;
        }
        DataFile.checkedSize(path);
        if (isIdx(path)) {
            return DataKind.IDX;
        }
        Optional<FileFormat> format = FileFormat.of(path);
        return format.flatMap(found -> switch (found) {
                    case HDF5 -> Optional.of(DataKind.HDF5);
                    case NPY, ZIP -> Optional.of(DataKind.NPY);
                    case TEXT, GZIP -> Optional.of(DataKind.CSV);
                    default -> Optional.empty();
                })
                .or(() -> isTable(path) ? Optional.of(DataKind.CSV) : Optional.empty())
                .orElseThrow(() -> new DataException(path + ": "
                        + FileFormat.hint(path).orElse("its first bytes tell of no kind of data that is read")
                        + "; data.kind says it where they do not"));
    }

    /** Of a table whose text is of an encoding with bytes that others do not have. */
    private static boolean isTable(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".csv") || name.endsWith(".tsv");
    }

    /** Two zeros, a type, a number of sides; plain or gzip. */
    private static boolean isIdx(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] start = in.readNBytes(MAGIC);
            if (start.length == MAGIC && (start[0] & 0xFF) == 0x1F && (start[1] & 0xFF) == 0x8B) {
                try (InputStream again = new GZIPInputStream(Files.newInputStream(path))) {
                    start = again.readNBytes(MAGIC);
                }
            }
            return start.length == MAGIC
                    && start[0] == 0
                    && start[1] == 0
                    && start[2] >= FIRST_TYPE
                    && start[2] <= LAST_TYPE
                    && start[3] >= 1
                    && start[3] <= MAGIC;
        } catch (IOException e) {
            return false;
        }
    }
}
