package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.aevo.codec.Encoder;
import org.aevo.codec.MalformedDataException;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.host.Machine;
import org.aevo.network.Classes;
import org.aevo.network.Shape;
import org.aevo.record.Entry.Arrived;
import org.aevo.record.Entry.Asked;
import org.aevo.record.Entry.DataCame;
import org.aevo.record.Entry.DataScaled;
import org.aevo.record.Entry.DataShared;
import org.aevo.record.Entry.DataUsed;
import org.aevo.record.Entry.DispatchLost;
import org.aevo.record.Entry.Dispatched;
import org.aevo.record.Entry.EpochSeen;
import org.aevo.record.Entry.Inserted;
import org.aevo.record.Entry.Judged;
import org.aevo.record.Entry.MasterCosts;
import org.aevo.record.Entry.MasterHost;
import org.aevo.record.Entry.RunEnded;
import org.aevo.record.Entry.RunResumed;
import org.aevo.record.Entry.RunStarted;
import org.aevo.record.Entry.TeamEnded;
import org.aevo.record.Entry.TeamFormed;
import org.aevo.record.Entry.WorkerJoined;
import org.aevo.record.Entry.WorkerLeft;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.aevo.search.Insertion;
import org.aevo.search.Score;
import org.aevo.search.Usage;

final class EntryCodecTest {
    private static final List<Genome> GENOMES = List.of(
            GenomeText.parse("- | latent(2) | upsampling | nesterov(lr1.0E-5,batch1)"),
            GenomeText.parse("conv(16,k3,s2,relu,bn) pool(2) dense(64,tanh,drop0.1) | latent(16) | deconvolution"
                    + " | adam(lr0.001,batch128)"));

    @Property(tries = 300, seed = "20260101")
    void everyEntryComesBackEqual(@ForAll("entries") Entry entry) throws Exception {
        Entry back = EntryCodec.entry(EntryCodec.type(entry), EntryCodec.payload(entry));
        assertEquals(entry, back);
    }

    @Property(tries = 100, seed = "20260101")
    void aShortenedPayloadIsRefused(@ForAll("entries") Entry entry, @ForAll int at) {
        byte[] payload = EntryCodec.payload(entry);
        byte[] part = Arrays.copyOf(payload, Math.floorMod(at, payload.length));
        assertThrows(MalformedDataException.class, () -> EntryCodec.entry(EntryCodec.type(entry), part));
    }

    @Property(tries = 100, seed = "20260101")
    void aPayloadWithBytesTooManyIsRefused(@ForAll("entries") Entry entry) {
        byte[] payload = EntryCodec.payload(entry);
        byte[] longer = Arrays.copyOf(payload, payload.length + 1);
        assertThrows(MalformedDataException.class, () -> EntryCodec.entry(EntryCodec.type(entry), longer));
    }

    @Example
    void typesAreAllDifferent() {
        List<Class<?>> permitted = List.of(Entry.class.getPermittedSubclasses());
        long types = entries()
                .sampleStream()
                .limit(1000)
                .mapToInt(EntryCodec::type)
                .distinct()
                .count();
        assertEquals(permitted.size(), types);
    }

    @Example
    void newerPayloadAndUnknownTypeAreNamed() {
        MalformedDataException newer =
                assertThrows(MalformedDataException.class, () -> EntryCodec.entry(6, new byte[] {9}));
        assertTrue(
                newer.getMessage().contains("version 9") && newer.getMessage().contains("reads 1"));
        MalformedDataException unknown =
                assertThrows(MalformedDataException.class, () -> EntryCodec.entry(200, new byte[] {1}));
        assertTrue(unknown.getMessage().contains("no entry of code 200"), unknown.getMessage());
    }

    /** As the first version wrote it: without the program. */
    @Example
    void anOlderPayloadIsRead() throws Exception {
        byte[] old = new Encoder()
                .u8(1)
                .i64(77)
                .i32(5)
                .f64(1.5)
                .text("aevo run --resume x")
                .i32(3)
                .toBytes();
        assertEquals(
                new RunResumed(Instant.ofEpochSecond(77, 5), 1.5, "aevo run --resume x", 3, new Program("", "", "")),
                EntryCodec.entry(2, old));
    }

    /** As the first version wrote it: without figures. */
    @Example
    void anOlderEvaluationIsRead() throws Exception {
        Encoder old = new Encoder().u8(1).i64(9).u8(0).f64(0.25).f64(0.5).f64(0.25);
        old.i64(1234).i32(1).f64(99).f64(1).f64(2).f64(3).text("");
        old.i32(1).i32(1).f64(0.5).f64(0.25).f64(6);
        old.i32(2).i64(4).f64(0.125).f64(77);
        Evaluation evaluation = new Evaluation(
                9,
                EvaluationStatus.OK,
                new Score(0.25, 0.5, 0.25),
                new Effort(new Durations(1, 2, 3), 1, 99, 1234),
                List.of(new Evaluation.Epoch(1, 0.5, 0.25, 6)),
                "");
        assertEquals(new Arrived(evaluation, 2, 4, 0.125, 77), EntryCodec.entry(7, old.toBytes()));
        assertTrue(Double.isNaN(evaluation.score().figure(Figure.SSIM)));
    }

    /** As the second version wrote it: what it took of the host is unknown. */
    @Example
    void anEvaluationWithoutUsageIsRead() throws Exception {
        Encoder old = new Encoder().u8(2).i64(9).u8(0).f64(0.25).f64(0.5).f64(0.25);
        old.i64(1234).i32(1).f64(99).f64(1).f64(2).f64(3).text("").i32(0);
        old.u8(1).u8(Figure.SSIM.ordinal()).f64(0.75);
        old.i32(2).i64(4).f64(0.125).f64(77);
        Evaluation evaluation = new Evaluation(
                9,
                EvaluationStatus.OK,
                new Score(0.25, 0.5, 0.25, Map.of(Figure.SSIM, 0.75)),
                new Effort(new Durations(1, 2, 3), 1, 99, 1234, Usage.UNKNOWN),
                List.of(),
                "");
        assertEquals(new Arrived(evaluation, 2, 4, 0.125, 77), EntryCodec.entry(7, old.toBytes()));
    }

    /** Programs outside find an evaluation's id, status and fitness, and a worker's number, at these places. */
    @Example
    void whatOthersReadStaysWhereItIs() {
        Evaluation evaluation = new Evaluation(
                9,
                EvaluationStatus.TIME_LIMIT,
                new Score(0.25, 0.5, 0.125),
                new Effort(Durations.ZERO, 1, 99, 1234, new Usage(1, 2, 3)),
                List.of(),
                "late");
        ByteBuffer arrived = ByteBuffer.wrap(EntryCodec.payload(new Arrived(evaluation, 2, 4, 0.125, 77)));
        assertEquals(9, arrived.getLong(1));
        assertEquals(EvaluationStatus.TIME_LIMIT.ordinal(), arrived.get(9));
        assertEquals(0.25, arrived.getDouble(10));
        ByteBuffer joined = ByteBuffer.wrap(EntryCodec.payload(new WorkerJoined(5, 2, "h", "cpu", 1, 0, 3)));
        assertEquals(5, joined.getLong(1));
        assertEquals(2, joined.getInt(9));
    }

    /** As the first version wrote it: without threads and host. */
    @Example
    void anOlderWorkerIsRead() throws Exception {
        Encoder old = new Encoder()
                .u8(1)
                .i64(5)
                .i32(2)
                .text("node")
                .text("cpu")
                .i64(77)
                .f64(0.5)
                .f64(1.5);
        assertEquals(
                new WorkerJoined(5, 2, "node", "cpu", 77, 0.5, 1.5, -1, Machine.UNKNOWN),
                EntryCodec.entry(3, old.toBytes()));
    }

    /** As the first version wrote it: no worker had a candidate that it had not begun. */
    @Example
    void anOlderLossIsRead() throws Exception {
        Encoder old = new Encoder().u8(1).i64(9).i32(2).i64(4).f64(77).text("gone");
        assertEquals(new DispatchLost(9, 2, 4, 77, "gone", true), EntryCodec.entry(9, old.toBytes()));
    }

    /** As the first version wrote it: what was measured later is missing. */
    @Example
    void olderCostsAreRead() throws Exception {
        Encoder old = new Encoder().u8(1).i64(1).i64(2).i64(3).i64(4);
        for (int field = 5; field <= 10; field++) {
            old.f64(field);
        }
        double none = Double.NaN;
        assertEquals(
                new MasterCosts(1, 2, 3, 4, 5, 6, 7, 8, 9, 0, none, none, none, none, 10),
                EntryCodec.entry(11, old.toBytes()));
    }

    /** Of one sample in three none. */
    private static Optional<Classes> classes(int n) {
        return n % 3 == 0 ? Optional.empty() : Optional.of(new Classes(List.of(n, n + 1, 1000 * n)));
    }

    @Example
    void classesThatAreNoneAreRefused() {
        Encoder good =
                new Encoder().u8(2).i32(1).i32(2).i32(2).text("auto").text("").bool(true);
        good.i32(0).text("bytes").i32(1).f64(0).i32(1).f64(255);
        for (int[] labels : new int[][] {{3}, {3, 3}, {4, 2}, {-1, 2}}) {
            Encoder out = new Encoder().raw(good.toBytes()).i32(labels.length);
            for (int label : labels) {
                out.i32(label);
            }
            byte[] payload = out.f64(0).toBytes();
            Exception e = assertThrows(MalformedDataException.class, () -> EntryCodec.entry(15, payload));
            assertTrue(e.getMessage().startsWith("no classes of samples: "), e.getMessage());
        }
    }

    /** As the first version wrote it: what the run was for is unknown. */
    @Example
    void anOlderStartIsRead() throws Exception {
        Encoder old = new Encoder()
                .u8(1)
                .text("n")
                .text("sync")
                .text("genetic")
                .i64(3)
                .i64(77)
                .i32(5);
        old.text("aevo 0.7.0")
                .text("")
                .text("")
                .text("")
                .text("17")
                .i32(0)
                .i32(0)
                .bool(false)
                .i32(2);
        RunStarted read = (RunStarted) EntryCodec.entry(1, old.toBytes());
        assertEquals(2, read.workers());
        assertEquals("", read.task() + read.fitness());
    }

    @Provide
    Arbitrary<Entry> entries() {
        Arbitrary<String> text = Arbitraries.strings()
                .all()
                .ofMaxLength(20)
                .filter(s -> s.chars().noneMatch(c -> Character.isSurrogate((char) c)))
                .map(s -> s + "\uD83E\uDD16");
        Arbitrary<Double> real = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(8, Arbitraries.doubles()),
                net.jqwik.api.Tuple.of(1, Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, -0.0)));
        Arbitrary<Long> whole = Arbitraries.longs();
        Arbitrary<Integer> small = Arbitraries.integers();
        Arbitrary<Boolean> truth = Arbitraries.of(true, false);
        Arbitrary<Instant> instant = Combinators.combine(
                        Arbitraries.longs().between(-1L << 40, 1L << 40),
                        Arbitraries.integers().between(0, 999_999_999))
                .as(Instant::ofEpochSecond);
        Arbitrary<Map<String, String>> map = Arbitraries.maps(text, text).ofMaxSize(3);
        Arbitrary<Map<Figure, Double>> figures =
                Arbitraries.maps(Arbitraries.of(Figure.class), real).ofMaxSize(6);
        Arbitrary<Evaluation> evaluation = Combinators.combine(
                        whole,
                        Arbitraries.of(EvaluationStatus.class),
                        real,
                        whole,
                        small,
                        text,
                        Combinators.combine(
                                        small,
                                        real,
                                        real,
                                        real,
                                        figures,
                                        Arbitraries.integers().between(1, 3))
                                .as((n, x, y, t, f, fold) -> new Evaluation.Epoch(fold, n, x, y, f, t))
                                .list()
                                .ofMaxSize(4),
                        figures)
                .as((id, status, x, n, e, message, curve, f) -> new Evaluation(
                        id,
                        status,
                        new Score(x, -x, x / 2, f),
                        new Effort(new Durations(x, 1, 2), e, x, n, new Usage(x / 3, n, -x)),
                        curve,
                        message));
        Arbitrary<Machine> machine = Combinators.combine(text, small, real, text, whole, whole, text, real)
                .as(Machine::new);
        return Arbitraries.oneOf(
                Combinators.combine(text, whole, instant, map, map, truth, small, text)
                        .as((t, seed, at, libraries, slurm, simulated, workers, u) -> (Entry) new RunStarted(
                                t,
                                u,
                                t,
                                seed,
                                at,
                                u,
                                t + u,
                                u,
                                t,
                                u,
                                libraries,
                                slurm,
                                simulated,
                                workers,
                                u,
                                t,
                                simulated
                                        ? new Objectives(List.of("ssim", "parameters"), List.of(0.5, (double) workers))
                                        : Objectives.NONE)),
                Combinators.combine(instant, real, text, small, text)
                        .as((at, t, line, n, u) -> new RunResumed(at, t, line, n, new Program(u, u + 1, "17" + u))),
                Combinators.combine(whole, small, text, whole, real, machine)
                        .as((w, rank, t, pid, x, m) -> new WorkerJoined(w, rank, t, t + 1, pid, x, -x, rank + 1, m)),
                Combinators.combine(text, machine, real).as(MasterHost::new),
                Combinators.combine(whole, real, truth, text).as(WorkerLeft::new),
                Combinators.combine(whole, small, whole, whole, text, Arbitraries.of(GENOMES), real)
                        .as((id, g, a, b, op, genome, t) -> new Asked(new Candidate(id, g, a, b, op, genome), t)),
                Combinators.combine(whole, small, whole, real).as(Dispatched::new),
                Combinators.combine(evaluation, small, whole, real, real).as(Arrived::new),
                Combinators.combine(whole, real, real, real, real)
                        .as((id, a, b, c, t) -> new Inserted(new Insertion(id, a, b, c), t)),
                Combinators.combine(whole, small, whole, real, text, truth).as(DispatchLost::new),
                Combinators.combine(whole, whole, whole, real)
                        .as((team, a, b, t) -> new TeamFormed(team, List.of(a, b), t)),
                Combinators.combine(whole, real, truth, text).as(TeamEnded::new),
                Combinators.combine(real, truth, text).as(RunEnded::new),
                Combinators.combine(text, text, real).as(DataUsed::new),
                Combinators.combine(text, real, real).as(DataShared::new),
                Combinators.combine(whole, truth, whole, real, real).as(DataCame::new),
                Combinators.combine(whole, small, small, real, truth, real).as(Judged::new),
                Combinators.combine(whole, small, small, real, real, real, real).as(EpochSeen::new),
                Combinators.combine(
                                text,
                                real.list().ofMaxSize(4),
                                truth,
                                Arbitraries.integers().between(1, 9),
                                real)
                        .as((t, list, b, n, x) -> new DataScaled(
                                new Inputs(new Shape(n, 1, 2), t, t + 1, b, List.of(t, t), t, list, list, classes(n)),
                                x)),
                Combinators.combine(whole, whole, real, real)
                        .as((a, b, x, y) -> new MasterCosts(a, b, b, a, x, y, x, y, x, a, y, x, y, y, x)));
    }
}
