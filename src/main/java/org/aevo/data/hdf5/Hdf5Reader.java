package org.aevo.data.hdf5;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aevo.data.hdf5.Hdf5Array.Kind;
import org.aevo.data.hdf5.Hdf5Array.Transfer;

/**
 * Reads arrays of HDF5 files with the C library, in a process of its own: what that library makes of a damaged file, a
 * crash included, is an {@link Hdf5Exception} here. Values come as they are stored, row by row; nothing is kept. The
 * process is there while it is used, and a few seconds longer.
 */
public final class Hdf5Reader implements AutoCloseable {
    private static final int MOST_ROW_BYTES = 1 << 30;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long LOOK_MILLIS = 500;

    private ReaderVm process;
    private long used;

    /** Takes rows of numbers. */
    @FunctionalInterface
    public interface Rows {
        /** The values are overwritten by the next row. */
        void accept(long row, double[] values);
    }

    /** Takes rows of unsigned bytes. */
    @FunctionalInterface
    public interface ByteRows {
        /** The values are overwritten by the next row. */
        void accept(long row, byte[] values);
    }

    /**
     * What arrays of a file are.
     *
     * @throws Hdf5Exception if one is not there or holds no numbers
     */
    public List<Hdf5Array> describe(Path file, List<String> names) {
        return talk(file, names, false, in -> {
            List<Hdf5Array> arrays = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                expect(in);
                arrays.add(Hdf5Array.read(in));
            }
            return arrays;
        });
    }

    /**
     * Hands out all rows of an array of at least one side.
     *
     * @throws Hdf5Exception if it cannot be read, or is another than it was
     */
    public void read(Path file, String name, Hdf5Array known, Rows rows) {
        bytes(file, name, known, new Decoder(known, rows));
    }

    /** As {@link #read}, for an array of {@link Kind#BYTES}. */
    public void readBytes(Path file, String name, Hdf5Array known, ByteRows rows) {
        if (known.kind() != Kind.BYTES) {
            throw new IllegalArgumentException(name + " holds " + known.type() + ", not bytes");
        }
        bytes(file, name, known, rows);
    }

    private void bytes(Path file, String name, Hdf5Array known, ByteRows rows) {
        long rowBytes = known.rowSize() * known.transfer().bytes();
        if (rowBytes > MOST_ROW_BYTES) {
            throw new Hdf5Exception("has rows of " + rowBytes + " bytes, expected at most " + MOST_ROW_BYTES);
        }
        talk(file, List.of(name), true, in -> {
            expect(in);
            Hdf5Array array = Hdf5Array.read(in);
            if (!array.sides().equals(known.sides()) || array.transfer() != known.transfer()) {
                throw new Hdf5Exception("has changed while it was read");
            }
            byte[] row = new byte[(int) rowBytes];
            long number = 0;
            for (int block = expect(in); block != ReaderProcess.END; block = expect(in)) {
                for (int i = 0; i < block; i++) {
                    in.readFully(row);
                    rows.accept(number++, row);
                }
            }
            return number;
        });
    }

    /** The number that comes next, where that is no refusal. */
    private static int expect(DataInputStream in) throws IOException {
        int number = in.readInt();
        if (number == ReaderProcess.REFUSED || number == ReaderProcess.FAILED) {
            throw new Refusal(Texts.read(in), number == ReaderProcess.REFUSED);
        }
        return number;
    }

    /** What is made of the answers. */
    @FunctionalInterface
    private interface Answers<T> {
        T take(DataInputStream in) throws IOException;
    }

    private synchronized <T> T talk(Path file, List<String> names, boolean values, Answers<T> answers) {
        if (process == null || !process.isAlive()) {
            close();
            process = ReaderVm.start();
            endWhenIdle(process);
        }
        boolean inStep = false;
        try {
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(process.input()));
            Texts.write(out, file.toString());
            out.writeBoolean(values);
            out.writeInt(names.size());
            for (String name : names) {
                Texts.write(out, name);
            }
            out.flush();
            T answer = answers.take(new DataInputStream(process.output()));
            inStep = true;
            return answer;
        } catch (Refusal e) {
            inStep = e.goesOn;
            throw new Hdf5Exception(e.getMessage(), e);
        } catch (IOException e) {
            throw new Hdf5Exception(process.death() + (e instanceof EOFException ? "" : ": " + e.getMessage()), e);
        } finally {
            used = System.nanoTime();
            if (!inStep) {
                close();
            }
        }
    }

    private void endWhenIdle(ReaderVm started) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (started.isAlive()) {
                            Thread.sleep(LOOK_MILLIS);
                            synchronized (this) {
                                if (System.nanoTime() - used > IDLE_NANOS) {
                                    started.close();
                                }
                            }
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "hdf5-idle");
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends the process; another begins when there is something to read. */
    @Override
    public synchronized void close() {
        if (process != null) {
            process.close();
            process = null;
        }
    }

    /** What the other process will not read, or cannot and therefore ends. */
    private static final class Refusal extends IOException {
        private static final long serialVersionUID = 1;

        private final boolean goesOn;

        Refusal(String message, boolean goesOn) {
            super(message);
            this.goesOn = goesOn;
        }
    }

    /** Makes doubles of what comes. */
    private static final class Decoder implements ByteRows {
        private final Transfer transfer;
        private final Rows rows;
        private final double[] values;

        Decoder(Hdf5Array array, Rows rows) {
            this.transfer = array.transfer();
            this.rows = rows;
            values = new double[Math.toIntExact(array.rowSize())];
        }

        @Override
        public void accept(long row, byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            switch (transfer) {
                case U8 -> {
                    for (int i = 0; i < values.length; i++) {
                        values[i] = bytes[i] & 0xFF;
                    }
                }
                case F32 -> {
                    for (int i = 0; i < values.length; i++) {
                        values[i] = buffer.getFloat();
                    }
                }
                case F64 -> buffer.asDoubleBuffer().get(values);
            }
            rows.accept(row, values);
        }
    }
}
