package org.aevo.mpi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.aevo.codec.MalformedDataException;
import org.aevo.genome.GenomeText;
import org.aevo.host.Machine;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Inheritance;
import org.aevo.search.ParentWeights;
import org.aevo.search.Score;
import org.aevo.search.TrainedNetwork;
import org.aevo.search.Usage;
import org.aevo.search.Weights;
import org.junit.jupiter.api.Test;

class WireFormatTest {
    private static final String GENOME =
            "conv(16,k3,s1,relu,bn) pool(2) dense(64,tanh,drop0.1) | latent(16) | deconvolution | adam(lr0.001,batch128)";

    static Weights weights(int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = i * 0.5f;
        }
        return new Weights(List.of(new Weights.Array("e0_dense_W", new int[] {size}, values)));
    }

    static Message.Result result(long id, int weights) {
        Evaluation evaluation = new Evaluation(
                id,
                EvaluationStatus.OK,
                new Score(0.25, Double.NaN, 0.25),
                new Effort(new Durations(1, 2, 3), 1, 1e4, 1000, new Usage(5.5, 3e8, Double.NaN)),
                List.of(new Evaluation.Epoch(1, 0.5, 0.25, 2.5)),
                "");
        return new Message.Result(
                id, 1, 0.125, evaluation, weights == 0 ? Optional.empty() : Optional.of(weights(weights)));
    }

    private static TrainedNetwork network(long id, int size) {
        return new TrainedNetwork(id, GenomeText.parse(GENOME), 12, weights(size));
    }

    /** Weights are arrays, which records compare by identity. */
    private static boolean hasWeights(Message message) {
        return message instanceof Message.Result
                || message instanceof Message.Keep
                || message instanceof Message.Fetched fetched && fetched.answer() instanceof ParentWeights.Found;
    }

    @Provide
    Arbitrary<Message> messages() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(200);
        Arbitrary<Integer> ints = Arbitraries.integers();
        Arbitrary<Long> longs = Arbitraries.longs();
        Arbitrary<Double> doubles = Arbitraries.doubles();
        Arbitrary<Message> assign = Combinators.combine(longs, ints, text, doubles)
                .as((id, n, operator, below) -> new Message.Assign(
                        new Candidate(id, n, -1, id - 1, operator, GenomeText.parse(GENOME)), n, ~id, below));
        return Arbitraries.oneOf(
                Combinators.combine(
                                ints,
                                text,
                                doubles,
                                Combinators.combine(text, text)
                                        .as(Message.Store::new)
                                        .optional(),
                                Combinators.combine(text, longs)
                                        .as(Message.Data::new)
                                        .optional())
                        .as(Message.Welcome::new),
                assign,
                text.map(Message.Stop::new),
                Combinators.combine(
                                text,
                                text,
                                text,
                                longs,
                                doubles,
                                Combinators.combine(longs, text)
                                        .as(Message.Ended::new)
                                        .optional(),
                                ints,
                                Combinators.combine(text, ints, doubles, text, longs, longs, text, doubles)
                                        .as(Machine::new))
                        .as((host, device, data, pid, start, ended, threads, machine) -> new Message.Ready(
                                host,
                                device,
                                data,
                                pid,
                                start,
                                ended,
                                threads,
                                machine,
                                Optional.of(new Message.Door(List.of(host, data), threads)))),
                Combinators.combine(longs, Arbitraries.integers().between(0, 50))
                        .as(WireFormatTest::result),
                text.map(Message.Unable::new),
                text.map(Message.Goodbye::new),
                Combinators.combine(longs, ints).as(Message.Withdraw::new),
                Combinators.combine(longs, ints).as(Message.Returned::new),
                Combinators.combine(text, longs, text, doubles, doubles).as(Message.Preparing::new),
                longs.map(Message.Heartbeat::new),
                Combinators.combine(longs, longs.filter(id -> id >= 0), ints.map(i -> Math.floorMod(i, 50)))
                        .as((request, id, size) -> new Message.Keep(request, network(id, size))),
                Combinators.combine(longs, text).as(Message.Kept::new),
                Combinators.combine(longs, longs).as(Message.Fetch::new),
                Combinators.combine(longs, Arbitraries.of(Inheritance.Origin.class), text)
                        .as((request, why, message) ->
                                new Message.Fetched(request, new ParentWeights.NotFound(why, message))),
                Combinators.combine(longs, ints.map(i -> Math.floorMod(i, 50)))
                        .as((request, size) -> new Message.Fetched(request, new ParentWeights.Found(network(7, size)))),
                Combinators.combine(longs, ints, text)
                        .as((team, rank, host) -> new Message.Assemble(
                                team,
                                rank,
                                List.of(
                                        new Message.Door(List.of(), rank),
                                        new Message.Door(List.of(host, ""), 1 + rank)))),
                Combinators.combine(longs, text).as(Message.Disband::new),
                longs.map(Message.Assembled::new),
                Combinators.combine(longs, text).as(Message.Disbanded::new),
                Combinators.combine(longs, longs, ints, longs).as(Message.FetchData::new),
                Combinators.combine(longs, longs, text)
                        .as((request, from, problem) -> new Message.DataPiece(
                                request, from, problem.getBytes(StandardCharsets.UTF_8), problem)),
                Combinators.combine(longs, doubles)
                        .as((bytes, seconds) -> new Message.DataHere(bytes > 0, bytes, seconds)),
                Combinators.combine(longs, doubles)
                        .as((id, loss) -> new Message.EpochDone(
                                id, 1, (int) id.longValue(), loss, -loss, 2 * loss, loss, id > 0)),
                longs.map(id -> new Message.Verdict(id, (int) id.longValue(), 7, id < 0)));
    }

    @Property(tries = 500)
    void whatIsEncodedIsDecoded(@ForAll("messages") Message message) throws Exception {
        byte[] bytes = WireFormat.encode(message);
        Message decoded = WireFormat.decode(bytes);
        assertArrayEquals(bytes, WireFormat.encode(decoded));
        if (!hasWeights(message)) {
            assertEquals(message, decoded);
        }
    }

    @Property(tries = 2000)
    void damagedBytesAreMalformedOrAnotherMessage(
            @ForAll("messages") Message message, @ForAll int position, @ForAll byte value, @ForAll int cut) {
        byte[] bytes = WireFormat.encode(message);
        bytes[Math.floorMod(position, bytes.length)] = value;
        decodeOrRefuse(java.util.Arrays.copyOf(bytes, bytes.length - Math.floorMod(cut, 4)));
    }

    @Property(tries = 2000)
    void randomBytesAreMalformedOrAMessage(@ForAll byte[] noise, @ForAll("kinds") int kind) {
        byte[] bytes = new byte[5 + noise.length];
        bytes[3] = WireFormat.VERSION;
        bytes[4] = (byte) kind;
        System.arraycopy(noise, 0, bytes, 5, noise.length);
        decodeOrRefuse(bytes);
        decodeOrRefuse(noise);
    }

    @Provide
    Arbitrary<Integer> kinds() {
        return Arbitraries.integers().between(0, 16);
    }

    private static void decodeOrRefuse(byte[] bytes) {
        try {
            WireFormat.encode(WireFormat.decode(bytes));
        } catch (MalformedDataException e) {
            assertTrue(e.getMessage().length() > 0);
        }
    }

    @Test
    void anotherVersionNamesBoth() {
        byte[] bytes = WireFormat.encode(new Message.Stop(""));
        bytes[3] = WireFormat.VERSION + 1;
        String message = assertThrows(MalformedDataException.class, () -> WireFormat.decode(bytes))
                .getMessage();
        assertEquals(
                "a message of version " + (WireFormat.VERSION + 1) + ", but this side speaks version "
                        + WireFormat.VERSION,
                message);
    }

    @Test
    void anUnknownCodeIsNamed() {
        byte[] bytes = WireFormat.encode(new Message.Stop(""));
        for (int code : new int[] {0, 200}) {
            bytes[4] = (byte) code;
            String message = assertThrows(MalformedDataException.class, () -> WireFormat.decode(bytes))
                    .getMessage();
            assertTrue(message.contains("no message of code " + code), message);
        }
    }

    @Test
    void whatComesAfterTheMessageIsRefused() {
        byte[] bytes = WireFormat.encode(new Message.Heartbeat(3));
        assertThrows(
                MalformedDataException.class,
                () -> WireFormat.decode(java.util.Arrays.copyOf(bytes, bytes.length + 1)));
    }

    @Test
    void aResultIsOfItsOwnCandidate() {
        Message.Result result = result(3, 0);
        byte[] bytes = WireFormat.encode(new Message.Result(4, 1, 0, result.evaluation(), Optional.empty()));
        assertThrows(MalformedDataException.class, () -> WireFormat.decode(bytes));
    }
}
