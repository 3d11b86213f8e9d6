package org.aevo.mpi;

import java.util.Optional;
import org.aevo.codec.Decoder;
import org.aevo.codec.Encoder;
import org.aevo.codec.MachineCodec;
import org.aevo.codec.MalformedDataException;
import org.aevo.codec.SearchCodec;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.Weights;

/** Messages to bytes and back: a 32-bit version, a byte that names the message, its fields in order. */
public final class WireFormat {
    /** Of messages and of the way to join; both sides of a link speak the same. */
    public static final int VERSION = 7;

    private static final int WELCOME = 1;
    private static final int ASSIGN = 2;
    private static final int STOP = 3;
    private static final int READY = 4;
    private static final int RESULT = 5;
    private static final int UNABLE = 6;
    private static final int GOODBYE = 7;
    private static final int HEARTBEAT = 8;
    private static final int WITHDRAW = 9;
    private static final int RETURNED = 10;
    private static final int PREPARING = 11;

    private WireFormat() {}

    public static byte[] encode(Message message) {
        Encoder out = new Encoder().i32(VERSION);
        if (message instanceof Message.Welcome m) {
            out.u8(WELCOME).i32(m.rank()).text(m.inputYaml()).f64(m.silenceSeconds());
        } else if (message instanceof Message.Assign m) {
            out.u8(ASSIGN);
            SearchCodec.write(out, m.candidate());
            out.i32(m.attempt()).i64(m.seed()).f64(m.weightsBelow());
        } else if (message instanceof Message.Stop m) {
            out.u8(STOP).text(m.reason());
        } else if (message instanceof Message.Ready m) {
            out.u8(READY)
                    .text(m.host())
                    .text(m.device())
                    .text(m.data())
                    .i64(m.pid())
                    .f64(m.startSeconds());
            out.bool(m.predecessor().isPresent());
            m.predecessor().ifPresent(ended -> out.i64(ended.pid()).text(ended.how()));
            out.i32(m.threads());
            MachineCodec.write(out, m.machine());
        } else if (message instanceof Message.Result m) {
            out.u8(RESULT).i64(m.id()).i32(m.attempt()).f64(m.waitSeconds());
            SearchCodec.write(out, m.evaluation());
            out.bool(m.weights().isPresent());
            m.weights().ifPresent(weights -> SearchCodec.write(out, weights));
            SearchCodec.write(out, m.evaluation().effort().usage());
        } else if (message instanceof Message.Unable m) {
            out.u8(UNABLE).text(m.message());
        } else if (message instanceof Message.Goodbye m) {
            out.u8(GOODBYE).text(m.reason());
        } else if (message instanceof Message.Heartbeat m) {
            out.u8(HEARTBEAT).i64(m.candidateId());
        } else if (message instanceof Message.Withdraw m) {
            out.u8(WITHDRAW).i64(m.id()).i32(m.attempt());
        } else if (message instanceof Message.Returned m) {
            out.u8(RETURNED).i64(m.id()).i32(m.attempt());
        } else if (message instanceof Message.Preparing m) {
            out.u8(PREPARING).text(m.host()).i64(m.pid()).text(m.doing());
            out.f64(m.seconds()).f64(m.idleSeconds());
        }
        return out.toBytes();
    }

    /**
     * @throws MalformedDataException if the bytes are not exactly one message of this version
     */
    public static Message decode(byte[] bytes) throws MalformedDataException {
        Decoder in = new Decoder(bytes);
        int version = in.i32();
        if (version != VERSION) {
            throw new MalformedDataException(
                    "a message of version " + version + ", but this side speaks version " + VERSION);
        }
        int kind = in.u8();
        Message message =
                switch (kind) {
                    case WELCOME -> new Message.Welcome(in.i32(), in.text(), in.f64());
                    case ASSIGN -> assign(in);
                    case STOP -> new Message.Stop(in.text());
                    case READY -> ready(in);
                    case RESULT -> result(in);
                    case UNABLE -> new Message.Unable(in.text());
                    case GOODBYE -> new Message.Goodbye(in.text());
                    case HEARTBEAT -> new Message.Heartbeat(in.i64());
                    case WITHDRAW -> new Message.Withdraw(in.i64(), in.i32());
                    case PREPARING -> new Message.Preparing(in.text(), in.i64(), in.text(), in.f64(), in.f64());
                    case RETURNED -> new Message.Returned(in.i64(), in.i32());
                    default -> throw new MalformedDataException("no message has code " + kind);
                };
        in.end();
        return message;
    }

    private static Message ready(Decoder in) throws MalformedDataException {
        return new Message.Ready(
                in.text(),
                in.text(),
                in.text(),
                in.i64(),
                in.f64(),
                in.bool() ? Optional.of(new Message.Ended(in.i64(), in.text())) : Optional.empty(),
                in.i32(),
                MachineCodec.read(in));
    }

    private static Message assign(Decoder in) throws MalformedDataException {
        Candidate candidate = SearchCodec.readCandidate(in);
        return new Message.Assign(candidate, in.i32(), in.i64(), in.f64());
    }

    private static Message result(Decoder in) throws MalformedDataException {
        long id = in.i64();
        int attempt = in.i32();
        double waitSeconds = in.f64();
        Evaluation evaluation = SearchCodec.readEvaluation(in);
        if (evaluation.id() != id) {
            throw new MalformedDataException(
                    "the result of candidate " + id + " holds the evaluation of candidate " + evaluation.id());
        }
        Optional<Weights> weights = in.bool() ? Optional.of(SearchCodec.readWeights(in)) : Optional.empty();
        return new Message.Result(id, attempt, waitSeconds, evaluation.using(SearchCodec.readUsage(in)), weights);
    }
}
