package org.aevo.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.aevo.codec.Decoder;
import org.aevo.codec.Encoder;
import org.aevo.codec.MachineCodec;
import org.aevo.codec.MalformedDataException;
import org.aevo.codec.SearchCodec;
import org.aevo.host.Machine;
import org.aevo.record.Entry.Arrived;
import org.aevo.record.Entry.Asked;
import org.aevo.record.Entry.DataScaled;
import org.aevo.record.Entry.DataUsed;
import org.aevo.record.Entry.DispatchLost;
import org.aevo.record.Entry.Dispatched;
import org.aevo.record.Entry.Inserted;
import org.aevo.record.Entry.MasterCosts;
import org.aevo.record.Entry.MasterHost;
import org.aevo.record.Entry.RunEnded;
import org.aevo.record.Entry.RunResumed;
import org.aevo.record.Entry.RunStarted;
import org.aevo.record.Entry.WorkerJoined;
import org.aevo.record.Entry.WorkerLeft;
import org.aevo.search.Evaluation;

/**
 * Entries to payloads and back. Types are never given to another entry; a payload begins with its version, which grows
 * when an entry of that type gets other fields. Older ones are read. Its highest bit is the {@link Seal}'s.
 */
final class EntryCodec {
    private static final int RESUMED = 2;
    private static final int JOINED = 3;
    private static final int ARRIVED = 7;
    private static final int LOST = 9;
    private static final int COSTS = 11;
    private static final int HOST = 12;
    private static final int DATA = 14;
    private static final int SCALED = 15;
    private static final Program UNKNOWN = new Program("", "", "");

    private EntryCodec() {}

    static int type(Entry entry) {
        if (entry instanceof RunStarted) {
            return 1;
        } else if (entry instanceof RunResumed) {
            return RESUMED;
        } else if (entry instanceof WorkerJoined) {
            return JOINED;
        } else if (entry instanceof WorkerLeft) {
            return 4;
        } else if (entry instanceof Asked) {
            return 5;
        } else if (entry instanceof Dispatched) {
            return 6;
        } else if (entry instanceof Arrived) {
            return ARRIVED;
        } else if (entry instanceof Inserted) {
            return 8;
        } else if (entry instanceof DispatchLost) {
            return LOST;
        } else if (entry instanceof RunEnded) {
            return 10;
        } else if (entry instanceof MasterHost) {
            return HOST;
        } else if (entry instanceof DataUsed) {
            return DATA;
        } else if (entry instanceof DataScaled) {
            return SCALED;
        }
        return COSTS;
    }

    /** The version that this program writes. */
    static int version(int type) {
        return switch (type) {
            case ARRIVED -> 3;
            case RESUMED, JOINED, LOST, COSTS -> 2;
            default -> 1;
        };
    }

    static byte[] payload(Entry entry) {
        Encoder out = new Encoder();
        write(out, entry);
        return out.toBytes();
    }

    static void write(Encoder out, Entry entry) {
        out.u8(version(type(entry)));
        if (entry instanceof RunStarted e) {
            out.text(e.name()).text(e.mode()).text(e.strategy()).i64(e.seed());
            write(out, e.startUtc());
            out.text(e.createdBy())
                    .text(e.inputYaml())
                    .text(e.commandLine())
                    .text(e.gitCommit())
                    .text(e.javaVersion());
            write(out, e.libraries());
            write(out, e.slurm());
            out.bool(e.simulated()).i32(e.workers());
        } else if (entry instanceof RunResumed e) {
            write(out, e.startUtc());
            out.f64(e.time()).text(e.commandLine()).i32(e.workers());
            out.text(e.program().name())
                    .text(e.program().commit())
                    .text(e.program().java());
        } else if (entry instanceof WorkerJoined e) {
            out.i64(e.worker())
                    .i32(e.rank())
                    .text(e.host())
                    .text(e.device())
                    .i64(e.pid())
                    .f64(e.startSeconds())
                    .f64(e.time())
                    .i32(e.threads());
            MachineCodec.write(out, e.machine());
        } else if (entry instanceof WorkerLeft e) {
            out.i64(e.worker()).f64(e.time()).bool(e.lost()).text(e.reason());
        } else if (entry instanceof Asked e) {
            SearchCodec.write(out, e.candidate());
            out.f64(e.time());
        } else if (entry instanceof Dispatched e) {
            out.i64(e.id()).i32(e.attempt()).i64(e.worker()).f64(e.time());
        } else if (entry instanceof Arrived e) {
            SearchCodec.write(out, e.evaluation());
            out.i32(e.attempt()).i64(e.worker()).f64(e.waitSeconds()).f64(e.time());
            SearchCodec.write(out, e.evaluation().effort().usage());
        } else if (entry instanceof Inserted e) {
            SearchCodec.write(out, e.insertion());
            out.f64(e.time());
        } else if (entry instanceof DispatchLost e) {
            out.i64(e.id())
                    .i32(e.attempt())
                    .i64(e.worker())
                    .f64(e.time())
                    .text(e.reason())
                    .bool(e.begun());
        } else if (entry instanceof RunEnded e) {
            out.f64(e.time()).bool(e.complete()).text(e.reason());
        } else if (entry instanceof MasterHost e) {
            out.text(e.host());
            MachineCodec.write(out, e.machine());
            out.f64(e.time());
        } else if (entry instanceof DataUsed e) {
            out.text(e.checksum()).text(e.place()).f64(e.time());
        } else if (entry instanceof DataScaled e) {
            InputsCodec.write(out, e.inputs());
            out.f64(e.time());
        } else if (entry instanceof MasterCosts e) {
            out.i64(e.asks())
                    .i64(e.tells())
                    .i64(e.messages())
                    .i64(e.bytes())
                    .f64(e.askS())
                    .f64(e.tellS())
                    .f64(e.journalS())
                    .f64(e.snapshotS())
                    .f64(e.sendS())
                    .i64(e.commits())
                    .f64(e.commitS())
                    .f64(e.loopS())
                    .f64(e.serviceS())
                    .f64(e.searchS())
                    .f64(e.time());
        }
    }

    /**
     * @param payload with its {@link Seal}, if it has one
     */
    static Entry entry(int type, byte[] payload) throws MalformedDataException {
        Decoder in = new Decoder(
                Seal.of(payload).isPresent() ? Arrays.copyOf(payload, payload.length - Seal.BYTES) : payload);
        int version = Seal.version(in.u8());
        if (version < 1 || version > version(type)) {
            throw new MalformedDataException("an entry of type " + type + " has version " + version
                    + ", this program reads " + version(type) + "; use a newer one");
        }
        Entry entry =
                switch (type) {
                    case 1 -> readRunStarted(in);
                    case RESUMED ->
                        new RunResumed(
                                readInstant(in),
                                in.f64(),
                                in.text(),
                                in.i32(),
                                version < 2 ? UNKNOWN : new Program(in.text(), in.text(), in.text()));
                    case JOINED -> readWorkerJoined(in, version);
                    case 4 -> new WorkerLeft(in.i64(), in.f64(), in.bool(), in.text());
                    case 5 -> new Asked(SearchCodec.readCandidate(in), in.f64());
                    case 6 -> new Dispatched(in.i64(), in.i32(), in.i64(), in.f64());
                    case ARRIVED -> readArrived(in, version);
                    case 8 -> new Inserted(SearchCodec.readInsertion(in), in.f64());
                    case LOST ->
                        new DispatchLost(in.i64(), in.i32(), in.i64(), in.f64(), in.text(), version < 2 || in.bool());
                    case 10 -> new RunEnded(in.f64(), in.bool(), in.text());
                    case COSTS -> readMasterCosts(in, version);
                    case HOST -> new MasterHost(in.text(), MachineCodec.read(in), in.f64());
                    case DATA -> new DataUsed(in.text(), in.text(), in.f64());
                    case SCALED -> new DataScaled(InputsCodec.read(in), in.f64());
                    default ->
                        throw new MalformedDataException(
                                "no entry has type " + type + "; it may be of a newer program");
                };
        in.end();
        return entry;
    }

    private static WorkerJoined readWorkerJoined(Decoder in, int version) throws MalformedDataException {
        return new WorkerJoined(
                in.i64(),
                in.i32(),
                in.text(),
                in.text(),
                in.i64(),
                in.f64(),
                in.f64(),
                version < 2 ? -1 : in.i32(),
                version < 2 ? Machine.UNKNOWN : MachineCodec.read(in));
    }

    private static Arrived readArrived(Decoder in, int version) throws MalformedDataException {
        Evaluation evaluation =
                version < 2 ? SearchCodec.readEvaluationWithoutFigures(in) : SearchCodec.readEvaluation(in);
        int attempt = in.i32();
        long worker = in.i64();
        double waited = in.f64();
        double time = in.f64();
        return new Arrived(
                version < 3 ? evaluation : evaluation.using(SearchCodec.readUsage(in)), attempt, worker, waited, time);
    }

    private static RunStarted readRunStarted(Decoder in) throws MalformedDataException {
        return new RunStarted(
                in.text(),
                in.text(),
                in.text(),
                in.i64(),
                readInstant(in),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                readMap(in),
                readMap(in),
                in.bool(),
                in.i32());
    }

    private static MasterCosts readMasterCosts(Decoder in, int version) throws MalformedDataException {
        boolean old = version < 2;
        return new MasterCosts(
                in.i64(),
                in.i64(),
                in.i64(),
                in.i64(),
                in.f64(),
                in.f64(),
                in.f64(),
                in.f64(),
                in.f64(),
                old ? 0 : in.i64(),
                old ? Double.NaN : in.f64(),
                old ? Double.NaN : in.f64(),
                old ? Double.NaN : in.f64(),
                old ? Double.NaN : in.f64(),
                in.f64());
    }

    private static void write(Encoder out, Instant instant) {
        out.i64(instant.getEpochSecond()).i32(instant.getNano());
    }

    private static Instant readInstant(Decoder in) throws MalformedDataException {
        long seconds = in.i64();
        int nanos = in.i32();
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException | ArithmeticException e) {
            throw new MalformedDataException("no date has " + seconds + " seconds", e);
        }
    }

    private static void write(Encoder out, Map<String, String> map) {
        out.i32(map.size());
        map.forEach((key, value) -> out.text(key).text(value));
    }

    private static Map<String, String> readMap(Decoder in) throws MalformedDataException {
        int size = in.length(2 * Integer.BYTES, "pairs");
        Map<String, String> map = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            map.put(in.text(), in.text());
        }
        return map;
    }
}
