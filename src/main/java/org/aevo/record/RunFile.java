package org.aevo.record;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code run.h5}, the view of a run for analysis, made from its history. The file is replaced as a whole: there is
 * always a complete old or new one. {@code docs/hdf5.md} describes what is in it.
 */
public final class RunFile {
    /** Root attribute {@code schema}. */
    public static final String SCHEMA = "aevo-run";

    /** Root attribute {@code schema_version}; grows when what is there changes its meaning. */
    public static final int SCHEMA_VERSION = 1;

    private RunFile() {}

    /**
     * Writes the file, reads it again to check it, and puts it in the place of the old one.
     *
     * @param weights of the best candidate; passed over if they are another's
     * @throws RecordException if it cannot be written; the old file stays
     */
    public static void write(Path file, RunHistory history, Optional<BestWeights.Saved> weights)
            throws RecordException {
        write(file, history, weights, new Reckoning());
    }

    /**
     * The same.
     *
     * @param reckoning of this run, which goes on where the last writing of the file left it
     */
    static void write(Path file, RunHistory history, Optional<BestWeights.Saved> weights, Reckoning reckoning)
            throws RecordException {
        write(file, history, weights, reckoning, 0);
    }

    /** The same for a part of a run: the file says how many bytes of the journal are not in it. */
    static void write(Path file, RunHistory history, Optional<BestWeights.Saved> weights, long leftOut)
            throws RecordException {
        write(file, history, weights, new Reckoning(), leftOut);
    }

    private static void write(
            Path file, RunHistory history, Optional<BestWeights.Saved> weights, Reckoning reckoning, long leftOut)
            throws RecordException {
        RunHistory frozen = history.freeze();
        DurableFiles.replace(file, temporary -> {
            NewHdf5.write(temporary, hdf5 -> new RunTables(hdf5, frozen, reckoning, leftOut).write(weights));
            check(temporary, frozen);
        });
    }

    private static void check(Path file, RunHistory history) throws RecordException {
        checkLength(file);
        try (HdfFile hdf5 = new HdfFile(file)) {
            if (!SCHEMA.equals(hdf5.getAttribute("schema").getData())) {
                throw new RecordException(file + ": written without its schema");
            }
            if (!Hdf5Checksum.matches(hdf5).equals(Optional.of(true))) {
                throw new RecordException(file + ": not what was written is read");
            }
            for (Node node : hdf5) {
                checkColumns((Group) node);
            }
            long[] ids = (long[]) hdf5.getDatasetByPath("/evaluations/id").getData();
            long rows =
                    (Long) hdf5.getByPath("/evaluations").getAttribute("rows").getData();
            if (rows != history.evaluated() || ids.length != Math.max(1, rows)) {
                throw new RecordException(
                        file + ": " + history.evaluated() + " evaluations written, " + rows + " read");
            }
        } catch (RuntimeException e) {
            throw new RecordException(file + ": cannot be read back: " + e, e);
        }
    }

    /** jHDF reads a file that was cut off as if zeros followed; the superblock says how long it must be. */
    static void checkLength(Path file) throws RecordException {
        try (HdfFile hdf5 = new HdfFile(file)) {
            long expected = hdf5.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
            long size = Files.size(file);
            if (size < expected) {
                throw new RecordException(file + ": only " + size + " of its " + expected + " bytes were written");
            }
        } catch (RecordException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw RecordException.of(file, "be read back", e);
        }
    }

    /** Every column of a table has its number of rows. */
    private static void checkColumns(Group group) throws RecordException {
        if (group.getAttribute("rows") == null) {
            return;
        }
        long rows = Math.max(1, (Long) group.getAttribute("rows").getData());
        for (Node node : group) {
            long length = ((Dataset) node).getSize();
            if (length != rows) {
                throw new RecordException(node.getPath() + ": " + length + " values in a table of " + rows + " rows");
            }
        }
    }
}
