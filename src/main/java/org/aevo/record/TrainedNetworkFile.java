package org.aevo.record;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.aevo.codec.Decoder;
import org.aevo.codec.Encoder;
import org.aevo.codec.MalformedDataException;
import org.aevo.codec.SearchCodec;
import org.aevo.search.Inheritance.Origin;
import org.aevo.search.ParentWeights;
import org.aevo.search.TrainedNetwork;

/**
 * The bytes of a trained network's file, big-endian: u64 {@code "AEVOWGT1"}, text of the run's {@link RunIdentity}, the network
 * as messages have it (id of the candidate, text of its design, epochs, arrays), u32 CRC-32C of all before.
 */
final class TrainedNetworkFile {
    private static final long MAGIC = 0x4145564F57475431L;
    private static final int LEAST_BYTES = Long.BYTES + 2 * Integer.BYTES;
    /** Of the head and the checksum, and more. */
    private static final int BESIDE = 256;

    private TrainedNetworkFile() {}

    /**
     * A network as a file has it.
     *
     * @param most bytes that the file may have
     * @throws RecordException if it would have more
     */
    static ByteBuffer bytes(Path file, String run, TrainedNetwork network, int most) throws RecordException {
        long expected = SearchCodec.size(network) + BESIDE;
        long size = Float.BYTES * network.weights().size();
        if (size <= most) {
            Encoder out = new Encoder((int) Math.min(expected, Integer.MAX_VALUE - 8));
            out.i64(MAGIC).text(run);
            SearchCodec.write(out, network);
            out.i32((int) checksum(out.written(0)));
            if (out.size() <= most) {
                return out.written(0);
            }
            size = out.size();
        }
        throw new RecordException(file + ": network number " + network.id() + " has " + size
                + " bytes, expected at most " + most
                + "; give workers more memory (cluster.worker-memory), or lower space.max-memory");
    }

    /** The network of a file, if it is that of this run and candidate and nothing in it is damaged. */
    static ParentWeights.Answer decoded(Path file, String run, long id, byte[] bytes) {
        int body = bytes.length - Integer.BYTES;
        if (bytes.length < LEAST_BYTES) {
            return damaged(file + ": damaged, has only " + bytes.length + " bytes");
        }
        ByteBuffer all = ByteBuffer.wrap(bytes);
        if (all.getLong(0) != MAGIC) {
            return damaged(file + ": damaged, does not begin as weights do");
        }
        if ((int) checksum(all.slice(0, body)) != all.getInt(body)) {
            return damaged(file + ": damaged, its checksum does not match");
        }
        try {
            Decoder in = new Decoder(bytes);
            in.i64();
            String found = in.text();
            if (!found.equals(run)) {
                return stale(file + ": has weights of another run");
            }
            TrainedNetwork network = SearchCodec.readTrainedNetwork(in);
            in.i32();
            in.end();
            return network.id() == id
                    ? new ParentWeights.Found(network)
                    : stale(file + ": expected network number " + id + ", found number " + network.id());
        } catch (MalformedDataException e) {
            return damaged(file + ": damaged: " + oneLine(e));
        }
    }

    private static String oneLine(MalformedDataException e) {
        return e.getMessage().lines().findFirst().orElse("unreadable");
    }

    static ParentWeights.Answer damaged(String message) {
        return new ParentWeights.NotFound(Origin.DAMAGED, message);
    }

    private static ParentWeights.Answer stale(String message) {
        return new ParentWeights.NotFound(Origin.STALE, message);
    }

    private static long checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }
}
