package org.aevo.record;

import java.util.ArrayList;
import java.util.List;
import org.aevo.codec.Decoder;
import org.aevo.codec.Encoder;
import org.aevo.codec.Format;
import org.aevo.codec.MachineCodec;
import org.aevo.codec.MalformedDataException;
import org.aevo.codec.SearchCodec;
import org.aevo.host.Machine;
import org.aevo.record.Entry.Arrived;
import org.aevo.record.Entry.Asked;
import org.aevo.record.Entry.DataCame;
import org.aevo.record.Entry.DispatchLost;
import org.aevo.record.Entry.Dispatched;
import org.aevo.record.Entry.EpochSeen;
import org.aevo.record.Entry.Inserted;
import org.aevo.record.Entry.Judged;
import org.aevo.record.Entry.TeamEnded;
import org.aevo.record.Entry.TeamFormed;
import org.aevo.record.Entry.WorkerJoined;
import org.aevo.record.Entry.WorkerLeft;
import org.aevo.search.Evaluation;

/** How entries about workers and candidates are written and read. */
final class WorkEntryFormats {
    static final List<Format<? extends Entry>> ALL = List.of(
            new Format<>(3, 2, WorkerJoined.class, WorkEntryFormats::write, WorkEntryFormats::readWorkerJoined),
            Format.of(
                    4,
                    WorkerLeft.class,
                    (out, e) -> out.i64(e.worker()).f64(e.time()).bool(e.lost()).text(e.reason()),
                    in -> new WorkerLeft(in.i64(), in.f64(), in.bool(), in.text())),
            Format.of(
                    5, Asked.class, WorkEntryFormats::write, in -> new Asked(SearchCodec.readCandidate(in), in.f64())),
            Format.of(
                    6,
                    Dispatched.class,
                    (out, e) -> out.i64(e.id()).i32(e.attempt()).i64(e.worker()).f64(e.time()),
                    in -> new Dispatched(in.i64(), in.i32(), in.i64(), in.f64())),
            new Format<>(7, 6, Arrived.class, WorkEntryFormats::write, WorkEntryFormats::readArrived),
            new Format<>(8, 2, Inserted.class, WorkEntryFormats::write, WorkEntryFormats::readInserted),
            new Format<>(9, 2, DispatchLost.class, WorkEntryFormats::write, WorkEntryFormats::readDispatchLost),
            Format.of(16, TeamFormed.class, WorkEntryFormats::write, WorkEntryFormats::readTeamFormed),
            Format.of(
                    17,
                    TeamEnded.class,
                    (out, e) -> out.i64(e.team()).f64(e.time()).bool(e.lost()).text(e.reason()),
                    in -> new TeamEnded(in.i64(), in.f64(), in.bool(), in.text())),
            Format.of(
                    21,
                    DataCame.class,
                    (out, e) -> out.i64(e.worker())
                            .bool(e.fetched())
                            .i64(e.bytes())
                            .f64(e.seconds())
                            .f64(e.time()),
                    in -> new DataCame(in.i64(), in.bool(), in.i64(), in.f64(), in.f64())),
            Format.of(
                    19,
                    Judged.class,
                    (out, e) -> out.i64(e.id())
                            .i32(e.attempt())
                            .i32(e.epoch())
                            .f64(e.loss())
                            .bool(e.stop())
                            .f64(e.time()),
                    in -> new Judged(in.i64(), in.i32(), in.i32(), in.f64(), in.bool(), in.f64())),
            Format.of(
                    20,
                    EpochSeen.class,
                    (out, e) -> out.i64(e.id())
                            .i32(e.attempt())
                            .i32(e.epoch())
                            .f64(e.trainLoss())
                            .f64(e.validationLoss())
                            .f64(e.elapsed())
                            .f64(e.time()),
                    in -> new EpochSeen(in.i64(), in.i32(), in.i32(), in.f64(), in.f64(), in.f64(), in.f64())));

    private WorkEntryFormats() {}

    private static void write(Encoder out, WorkerJoined e) {
        out.i64(e.worker())
                .i32(e.rank())
                .text(e.host())
                .text(e.device())
                .i64(e.pid())
                .f64(e.startSeconds())
                .f64(e.time())
                .i32(e.threads());
        MachineCodec.write(out, e.machine());
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

    private static void write(Encoder out, Asked e) {
        SearchCodec.write(out, e.candidate());
        out.f64(e.time());
    }

    private static void write(Encoder out, Arrived e) {
        SearchCodec.write(out, e.evaluation());
        out.i32(e.attempt()).i64(e.worker()).f64(e.waitSeconds()).f64(e.time());
        SearchCodec.write(out, e.evaluation().effort().usage());
    }

    /** The first version had no figures, the second no usage of the host, the third no folds and no figures of epochs,
     * the fourth no objectives and no inheritance, the fifth no teams. */
    private static Arrived readArrived(Decoder in, int version) throws MalformedDataException {
        Evaluation evaluation =
                switch (version) {
                    case 1 -> SearchCodec.readEvaluationWithoutFigures(in);
                    case 2, 3 -> SearchCodec.readEvaluationOfOneSplit(in);
                    case 4 -> SearchCodec.readEvaluationOfOneObjective(in);
                    case 5 -> SearchCodec.readEvaluationOfOneRank(in);
                    default -> SearchCodec.readEvaluation(in);
                };
        int attempt = in.i32();
        long worker = in.i64();
        double waited = in.f64();
        double time = in.f64();
        return new Arrived(
                version < 3 ? evaluation : evaluation.using(SearchCodec.readUsage(in)), attempt, worker, waited, time);
    }

    private static void write(Encoder out, Inserted e) {
        SearchCodec.write(out, e.insertion());
        out.f64(e.time());
    }

    /** The first version did not say who left. */
    private static Inserted readInserted(Decoder in, int version) throws MalformedDataException {
        boolean tellsWhoLeft = version >= 2;
        return new Inserted(
                tellsWhoLeft ? SearchCodec.readInsertion(in) : SearchCodec.readInsertionOfNewcomer(in),
                in.f64(),
                tellsWhoLeft);
    }

    private static void write(Encoder out, TeamFormed e) {
        out.i64(e.team()).i32(e.workers().size());
        e.workers().forEach(out::i64);
        out.f64(e.time());
    }

    private static TeamFormed readTeamFormed(Decoder in) throws MalformedDataException {
        long team = in.i64();
        int count = in.length(Long.BYTES, "members of a team");
        List<Long> workers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            workers.add(in.i64());
        }
        return new TeamFormed(team, workers, in.f64());
    }

    private static void write(Encoder out, DispatchLost e) {
        out.i64(e.id())
                .i32(e.attempt())
                .i64(e.worker())
                .f64(e.time())
                .text(e.reason())
                .bool(e.begun());
    }

    /** When there was the first version only, no worker had a candidate in advance. */
    private static DispatchLost readDispatchLost(Decoder in, int version) throws MalformedDataException {
        return new DispatchLost(in.i64(), in.i32(), in.i64(), in.f64(), in.text(), version < 2 || in.bool());
    }
}
