package org.aevo.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aevo.codec.Decoder;
import org.aevo.codec.Encoder;
import org.aevo.codec.Format;
import org.aevo.codec.MachineCodec;
import org.aevo.codec.MalformedDataException;
import org.aevo.record.Entry.DataScaled;
import org.aevo.record.Entry.DataShared;
import org.aevo.record.Entry.DataUsed;
import org.aevo.record.Entry.MasterCosts;
import org.aevo.record.Entry.MasterHost;
import org.aevo.record.Entry.RunEnded;
import org.aevo.record.Entry.RunResumed;
import org.aevo.record.Entry.RunStarted;

/** How entries about the run, its data and its masters are written and read. */
final class RunEntryFormats {
    private static final Program UNKNOWN = new Program("", "", "");

    static final List<Format<? extends Entry>> ALL = List.of(
            new Format<>(1, 3, RunStarted.class, RunEntryFormats::write, RunEntryFormats::readRunStarted),
            new Format<>(2, 2, RunResumed.class, RunEntryFormats::write, RunEntryFormats::readRunResumed),
            Format.of(
                    10,
                    RunEnded.class,
                    (out, e) -> out.f64(e.time()).bool(e.complete()).text(e.reason()),
                    in -> new RunEnded(in.f64(), in.bool(), in.text())),
            new Format<>(11, 2, MasterCosts.class, RunEntryFormats::write, RunEntryFormats::readMasterCosts),
            Format.of(
                    12,
                    MasterHost.class,
                    RunEntryFormats::write,
                    in -> new MasterHost(in.text(), MachineCodec.read(in), in.f64())),
            Format.of(
                    14,
                    DataUsed.class,
                    (out, e) -> out.text(e.checksum()).text(e.place()).f64(e.time()),
                    in -> new DataUsed(in.text(), in.text(), in.f64())),
            new Format<>(
                    15,
                    2,
                    DataScaled.class,
                    RunEntryFormats::write,
                    (in, version) -> new DataScaled(
                            version < 2 ? InputsCodec.readWithoutClasses(in) : InputsCodec.read(in), in.f64())),
            Format.of(
                    18,
                    DataShared.class,
                    (out, e) -> out.text(e.distribution()).f64(e.fraction()).f64(e.time()),
                    in -> new DataShared(in.text(), in.f64(), in.f64())));

    private RunEntryFormats() {}

    private static void write(Encoder out, RunStarted e) {
        out.text(e.name()).text(e.mode()).text(e.strategy()).i64(e.seed());
        write(out, e.startUtc());
        out.text(e.createdBy())
                .text(e.inputYaml())
                .text(e.commandLine())
                .text(e.gitCommit())
                .text(e.javaVersion());
        write(out, e.libraries());
        write(out, e.slurm());
        out.bool(e.simulated()).i32(e.workers()).text(e.task()).text(e.fitness());
        write(out, e.objectives());
    }

    /** The first version did not say what the run was for, the second knew no objectives. */
    private static RunStarted readRunStarted(Decoder in, int version) throws MalformedDataException {
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
                in.i32(),
                version < 2 ? "" : in.text(),
                version < 2 ? "" : in.text(),
                version < 3 ? Objectives.NONE : readObjectives(in));
    }

    private static void write(Encoder out, Objectives objectives) {
        out.i32(objectives.names().size());
        objectives.names().forEach(out::text);
        out.i32(objectives.reference().size());
        objectives.reference().forEach(out::f64);
    }

    private static Objectives readObjectives(Decoder in) throws MalformedDataException {
        int count = in.length(Integer.BYTES, "objectives");
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add(in.text());
        }
        int values = in.length(Double.BYTES, "values of a reference point");
        List<Double> reference = new ArrayList<>(values);
        for (int i = 0; i < values; i++) {
            reference.add(in.f64());
        }
        try {
            return new Objectives(names, reference);
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException(e.getMessage(), e);
        }
    }

    private static void write(Encoder out, RunResumed e) {
        write(out, e.startUtc());
        out.f64(e.time()).text(e.commandLine()).i32(e.workers());
        out.text(e.program().name()).text(e.program().commit()).text(e.program().java());
    }

    private static RunResumed readRunResumed(Decoder in, int version) throws MalformedDataException {
        return new RunResumed(
                readInstant(in),
                in.f64(),
                in.text(),
                in.i32(),
                version < 2 ? UNKNOWN : new Program(in.text(), in.text(), in.text()));
    }

    private static void write(Encoder out, MasterCosts e) {
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

    private static void write(Encoder out, MasterHost e) {
        out.text(e.host());
        MachineCodec.write(out, e.machine());
        out.f64(e.time());
    }

    private static void write(Encoder out, DataScaled e) {
        InputsCodec.write(out, e.inputs());
        out.f64(e.time());
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
