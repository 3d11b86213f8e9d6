package org.aevo.mpi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aevo.codec.Decoder;
import org.aevo.codec.Encoder;
import org.aevo.codec.Format;
import org.aevo.codec.MachineCodec;
import org.aevo.codec.MalformedDataException;
import org.aevo.codec.SearchCodec;
import org.aevo.mpi.Message.Assemble;
import org.aevo.mpi.Message.Assembled;
import org.aevo.mpi.Message.Assign;
import org.aevo.mpi.Message.Data;
import org.aevo.mpi.Message.DataHere;
import org.aevo.mpi.Message.DataPiece;
import org.aevo.mpi.Message.Disband;
import org.aevo.mpi.Message.Disbanded;
import org.aevo.mpi.Message.Door;
import org.aevo.mpi.Message.Ended;
import org.aevo.mpi.Message.EpochDone;
import org.aevo.mpi.Message.Fetch;
import org.aevo.mpi.Message.FetchData;
import org.aevo.mpi.Message.Fetched;
import org.aevo.mpi.Message.Goodbye;
import org.aevo.mpi.Message.Heartbeat;
import org.aevo.mpi.Message.Keep;
import org.aevo.mpi.Message.Kept;
import org.aevo.mpi.Message.Preparing;
import org.aevo.mpi.Message.Ready;
import org.aevo.mpi.Message.Result;
import org.aevo.mpi.Message.Returned;
import org.aevo.mpi.Message.Stop;
import org.aevo.mpi.Message.Store;
import org.aevo.mpi.Message.Unable;
import org.aevo.mpi.Message.Verdict;
import org.aevo.mpi.Message.Welcome;
import org.aevo.mpi.Message.Withdraw;
import org.aevo.search.Evaluation;
import org.aevo.search.Inheritance;
import org.aevo.search.ParentWeights;
import org.aevo.search.Weights;

/**
 * How each message is written and read: what is not in the list can be neither. A message has no version of its own: all
 * change with {@link WireFormat#VERSION}.
 */
final class MessageFormats {
    static final List<Format<? extends Message>> ALL = List.of(
            Format.of(1, Welcome.class, MessageFormats::write, MessageFormats::readWelcome),
            Format.of(2, Assign.class, MessageFormats::write, MessageFormats::readAssign),
            Format.of(3, Stop.class, (out, m) -> out.text(m.reason()), in -> new Stop(in.text())),
            Format.of(4, Ready.class, MessageFormats::write, MessageFormats::readReady),
            Format.of(5, Result.class, MessageFormats::write, MessageFormats::readResult),
            Format.of(6, Unable.class, (out, m) -> out.text(m.message()), in -> new Unable(in.text())),
            Format.of(7, Goodbye.class, (out, m) -> out.text(m.reason()), in -> new Goodbye(in.text())),
            Format.of(8, Heartbeat.class, (out, m) -> out.i64(m.candidateId()), in -> new Heartbeat(in.i64())),
            Format.of(
                    9,
                    Withdraw.class,
                    (out, m) -> out.i64(m.id()).i32(m.attempt()),
                    in -> new Withdraw(in.i64(), in.i32())),
            Format.of(
                    10,
                    Returned.class,
                    (out, m) -> out.i64(m.id()).i32(m.attempt()),
                    in -> new Returned(in.i64(), in.i32())),
            Format.of(11, Preparing.class, MessageFormats::write, MessageFormats::readPreparing),
            Format.of(
                    12,
                    Keep.class,
                    (out, m) -> SearchCodec.write(out.i64(m.request()), m.network()),
                    in -> new Keep(in.i64(), SearchCodec.readTrainedNetwork(in))),
            Format.of(
                    13,
                    Kept.class,
                    (out, m) -> out.i64(m.request()).text(m.problem()),
                    in -> new Kept(in.i64(), in.text())),
            Format.of(
                    14, Fetch.class, (out, m) -> out.i64(m.request()).i64(m.id()), in -> new Fetch(in.i64(), in.i64())),
            Format.of(15, Fetched.class, MessageFormats::write, MessageFormats::readFetched),
            Format.of(16, Assemble.class, MessageFormats::write, MessageFormats::readAssemble),
            Format.of(
                    17,
                    Disband.class,
                    (out, m) -> out.i64(m.team()).text(m.reason()),
                    in -> new Disband(in.i64(), in.text())),
            Format.of(18, Assembled.class, (out, m) -> out.i64(m.team()), in -> new Assembled(in.i64())),
            Format.of(
                    19,
                    Disbanded.class,
                    (out, m) -> out.i64(m.team()).text(m.reason()),
                    in -> new Disbanded(in.i64(), in.text())),
            Format.of(
                    20,
                    FetchData.class,
                    (out, m) ->
                            out.i64(m.request()).i64(m.from()).i32(m.length()).i64(m.arrived()),
                    in -> new FetchData(in.i64(), in.i64(), in.i32(), in.i64())),
            Format.of(
                    21,
                    DataPiece.class,
                    (out, m) ->
                            out.i64(m.request()).i64(m.from()).text(m.problem()).bytes(m.bytes()),
                    MessageFormats::readDataPiece),
            Format.of(
                    22,
                    DataHere.class,
                    (out, m) -> out.bool(m.fetched()).i64(m.bytes()).f64(m.seconds()),
                    in -> new DataHere(in.bool(), in.i64(), in.f64())),
            Format.of(
                    23,
                    EpochDone.class,
                    (out, m) -> out.i64(m.id())
                            .i32(m.attempt())
                            .i32(m.epoch())
                            .f64(m.trainLoss())
                            .f64(m.validationLoss())
                            .f64(m.loss())
                            .f64(m.elapsed())
                            .bool(m.asks()),
                    in -> new EpochDone(
                            in.i64(), in.i32(), in.i32(), in.f64(), in.f64(), in.f64(), in.f64(), in.bool())),
            Format.of(
                    24,
                    Verdict.class,
                    (out, m) -> out.i64(m.id()).i32(m.attempt()).i32(m.epoch()).bool(m.stop()),
                    in -> new Verdict(in.i64(), in.i32(), in.i32(), in.bool())));

    private MessageFormats() {}

    private static void write(Encoder out, Welcome m) {
        out.i32(m.rank()).text(m.inputYaml()).f64(m.silenceSeconds());
        out.bool(m.store().isPresent());
        m.store().ifPresent(store -> out.text(store.run()).text(store.folder()));
        out.bool(m.data().isPresent());
        m.data().ifPresent(data -> out.text(data.checksum()).i64(data.bytes()));
    }

    private static Welcome readWelcome(Decoder in) throws MalformedDataException {
        return new Welcome(
                in.i32(),
                in.text(),
                in.f64(),
                in.bool() ? Optional.of(new Store(in.text(), in.text())) : Optional.empty(),
                in.bool() ? Optional.of(new Data(in.text(), in.i64())) : Optional.empty());
    }

    private static DataPiece readDataPiece(Decoder in) throws MalformedDataException {
        long request = in.i64();
        long from = in.i64();
        String problem = in.text();
        return new DataPiece(request, from, in.bytes(), problem);
    }

    private static void write(Encoder out, Fetched m) {
        out.i64(m.request());
        if (m.answer() instanceof ParentWeights.Found found) {
            SearchCodec.write(out.bool(true), found.network());
        } else if (m.answer() instanceof ParentWeights.NotFound not) {
            out.bool(false).u8(not.why().ordinal()).text(not.message());
        }
    }

    private static Fetched readFetched(Decoder in) throws MalformedDataException {
        long request = in.i64();
        if (in.bool()) {
            return new Fetched(request, new ParentWeights.Found(SearchCodec.readTrainedNetwork(in)));
        }
        int why = in.u8();
        String message = in.text();
        try {
            return new Fetched(request, new ParentWeights.NotFound(Inheritance.Origin.of(why), message));
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException("weights that were not found: " + e.getMessage(), e);
        }
    }

    private static void write(Encoder out, Assign m) {
        SearchCodec.write(out, m.candidate());
        out.i32(m.attempt()).i64(m.seed()).f64(m.weightsBelow());
    }

    private static Assign readAssign(Decoder in) throws MalformedDataException {
        return new Assign(SearchCodec.readCandidate(in), in.i32(), in.i64(), in.f64());
    }

    private static void write(Encoder out, Ready m) {
        out.text(m.host()).text(m.device()).text(m.data()).i64(m.pid()).f64(m.startSeconds());
        out.bool(m.predecessor().isPresent());
        m.predecessor().ifPresent(ended -> out.i64(ended.pid()).text(ended.how()));
        out.i32(m.threads());
        MachineCodec.write(out, m.machine());
        out.bool(m.door().isPresent());
        m.door().ifPresent(door -> write(out, door));
    }

    private static void write(Encoder out, Door door) {
        out.i32(door.port()).i32(door.hosts().size());
        door.hosts().forEach(out::text);
    }

    private static Door readDoor(Decoder in) throws MalformedDataException {
        int port = in.i32();
        int count = in.length(Integer.BYTES, "addresses");
        List<String> hosts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            hosts.add(in.text());
        }
        return new Door(hosts, port);
    }

    private static void write(Encoder out, Assemble m) {
        out.i64(m.team()).i32(m.rank()).i32(m.doors().size());
        m.doors().forEach(door -> write(out, door));
    }

    private static Assemble readAssemble(Decoder in) throws MalformedDataException {
        long team = in.i64();
        int rank = in.i32();
        int count = in.length(2 * Integer.BYTES, "members of a team");
        List<Door> doors = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            doors.add(readDoor(in));
        }
        return new Assemble(team, rank, doors);
    }

    private static Ready readReady(Decoder in) throws MalformedDataException {
        return new Ready(
                in.text(),
                in.text(),
                in.text(),
                in.i64(),
                in.f64(),
                in.bool() ? Optional.of(new Ended(in.i64(), in.text())) : Optional.empty(),
                in.i32(),
                MachineCodec.read(in),
                in.bool() ? Optional.of(readDoor(in)) : Optional.empty());
    }

    private static void write(Encoder out, Result m) {
        out.i64(m.id()).i32(m.attempt()).f64(m.waitSeconds());
        SearchCodec.write(out, m.evaluation());
        out.bool(m.weights().isPresent());
        m.weights().ifPresent(weights -> SearchCodec.write(out, weights));
        SearchCodec.write(out, m.evaluation().effort().usage());
        out.bool(m.parting());
    }

    private static Result readResult(Decoder in) throws MalformedDataException {
        long id = in.i64();
        int attempt = in.i32();
        double waitSeconds = in.f64();
        Evaluation evaluation = SearchCodec.readEvaluation(in);
        if (evaluation.id() != id) {
            throw new MalformedDataException(
                    "the result of candidate " + id + " holds the evaluation of candidate " + evaluation.id());
        }
        Optional<Weights> weights = in.bool() ? Optional.of(SearchCodec.readWeights(in)) : Optional.empty();
        evaluation = evaluation.using(SearchCodec.readUsage(in));
        return new Result(id, attempt, waitSeconds, evaluation, weights, in.bool());
    }

    private static void write(Encoder out, Preparing m) {
        out.text(m.host()).i64(m.pid()).text(m.doing());
        out.f64(m.seconds()).f64(m.idleSeconds());
    }

    private static Preparing readPreparing(Decoder in) throws MalformedDataException {
        return new Preparing(in.text(), in.i64(), in.text(), in.f64(), in.f64());
    }
}
