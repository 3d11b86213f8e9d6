package org.aevo.data.hdf5;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.Loader;

/**
 * The process that calls the library. It is asked at its standard input and answers at its standard output, again and
 * again:
 *
 * <pre>
 * asked     path of the file; whether values are wanted; number of names; names
 * answers   for each name: 1, what it is, and if wanted blocks of i32 rows and their values, and 0;
 *           or, anywhere in place of a number that is expected, -1 and why not, the last of these answers,
 *           or -2 and why not, the last of all
 * </pre>
 *
 * After a failure of the library, which may have left disorder in its memory, it ends; the next file gets another
 * process. It ends when nobody asks any more, whatever it is at.
 */
final class ReaderProcess {
    static final int REFUSED = -1;
    static final int FAILED = -2;
    static final int FOUND = 1;
    static final int END = 0;
    private static final int BUFFER = 1 << 16;

    private ReaderProcess() {}

    /** What is asked. */
    private record Request(String path, boolean values, List<String> names) {
        static Request read(DataInputStream in) throws IOException {
            String path = Texts.read(in);
            boolean values = in.readBoolean();
            List<String> names = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                names.add(Texts.read(in));
            }
            return new Request(path, values, names);
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        FileOutputStream raw = new FileOutputStream(FileDescriptor.out);
        // whatever a library prints must not come between the answers
        System.setOut(System.err);
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(raw, BUFFER));
        BlockingQueue<Request> requests = listen();
        Loader.load(hdf5.class);
        Library.open();
        while (true) {
            Request request = requests.take();
            try (Handle file = Library.file(request.path())) {
                for (String name : request.names()) {
                    answer(file, request.path(), name, request.values(), out, raw.getChannel());
                }
            } catch (RuntimeException | OutOfMemoryError e) {
                boolean told = e instanceof Hdf5Exception;
                boolean inOrder = told && !(e instanceof LibraryFailure);
                out.writeInt(inOrder ? REFUSED : FAILED);
                Texts.write(out, told ? e.getMessage() : "cannot be read: " + e);
                out.flush();
                if (!inOrder) {
                    Runtime.getRuntime().halt(0);
                }
            }
            out.flush();
        }
    }

    private static void answer(
            Handle file, String path, String name, boolean values, DataOutputStream out, FileChannel channel)
            throws IOException {
        try (StoredArray array = new StoredArray(file, path, name)) {
            out.writeInt(FOUND);
            array.description().write(out);
            if (values) {
                array.read((rows, block) -> {
                    out.writeInt(rows);
                    out.flush();
                    write(channel, block);
                });
                out.writeInt(END);
            }
        }
    }

    private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Takes requests from standard input; ends the process with it, without the clean-up of a library that may hang. */
    private static BlockingQueue<Request> listen() {
        BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
        Thread thread = new Thread(
                () -> {
                    try (DataInputStream in = new DataInputStream(new BufferedInputStream(System.in))) {
                        while (true) {
                            requests.add(Request.read(in));
                        }
                    } catch (IOException e) {
                        Runtime.getRuntime().halt(0);
                    }
                },
                "requests");
        thread.setDaemon(true);
        thread.start();
        return requests;
    }
}
