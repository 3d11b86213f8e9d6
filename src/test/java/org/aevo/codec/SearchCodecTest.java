package org.aevo.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.aevo.genome.AnyGenome;
import org.aevo.random.Generators;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.aevo.search.Insertion;
import org.aevo.search.Score;
import org.aevo.search.Weights;
import org.junit.jupiter.api.Test;

class SearchCodecTest {

    /** What reads one kind of value. */
    @FunctionalInterface
    private interface Read<T> {
        T from(Decoder in) throws MalformedDataException;
    }

    private static final List<Read<?>> READS = List.of(
            SearchCodec::readCandidate,
            SearchCodec::readEvaluation,
            SearchCodec::readEvaluationOfOneSplit,
            SearchCodec::readEvaluationWithoutFigures,
            SearchCodec::readInsertion,
            SearchCodec::readWeights,
            Decoder::text,
            Decoder::bytes,
            Decoder::floats,
            Decoder::bool);

    private static <T> byte[] bytes(BiConsumer<Encoder, T> write, T value) {
        Encoder out = new Encoder();
        write.accept(out, value);
        return out.toBytes();
    }

    private static <T> T read(Read<T> read, byte[] bytes) throws MalformedDataException {
        Decoder in = new Decoder(bytes);
        T value = read.from(in);
        in.end();
        return value;
    }

    private static <T> void assertComesBack(BiConsumer<Encoder, T> write, Read<T> read, T value) throws Exception {
        byte[] bytes = bytes(write, value);
        assertEquals(value, read(read, bytes));
        for (int length = 0; length < bytes.length; length += Math.max(1, bytes.length / 200)) {
            byte[] torn = Arrays.copyOf(bytes, length);
            assertThrows(MalformedDataException.class, () -> read(read, torn));
        }
        assertThrows(MalformedDataException.class, () -> read(read, Arrays.copyOf(bytes, bytes.length + 1)));
    }

    @Property(tries = 150, seed = "31")
    void candidates(@ForAll("candidates") Candidate candidate) throws Exception {
        assertComesBack(SearchCodec::write, SearchCodec::readCandidate, candidate);
    }

    @Property(tries = 150, seed = "32")
    void evaluations(@ForAll("evaluations") Evaluation evaluation) throws Exception {
        assertComesBack(SearchCodec::write, SearchCodec::readEvaluation, evaluation);
    }

    @Property(tries = 50, seed = "33")
    void insertions(@ForAll long id, @ForAll double best, @ForAll double mean, @ForAll double diversity)
            throws Exception {
        assertComesBack(SearchCodec::write, SearchCodec::readInsertion, new Insertion(id, best, mean, diversity));
    }

    @Property(tries = 100, seed = "34")
    void weights(@ForAll @Size(max = 5) List<float[]> values) throws Exception {
        List<Weights.Array> arrays = values.stream()
                .map(v -> new Weights.Array("e0_conv_W", new int[] {1, v.length}, v))
                .toList();
        byte[] bytes = bytes(SearchCodec::write, new Weights(arrays));
        Weights back = read(SearchCodec::readWeights, bytes);
        assertEquals(arrays.size(), back.arrays().size());
        for (int i = 0; i < arrays.size(); i++) {
            assertEquals(arrays.get(i).name(), back.arrays().get(i).name());
            assertArrayEquals(arrays.get(i).shape(), back.arrays().get(i).shape());
            assertArrayEquals(arrays.get(i).values(), back.arrays().get(i).values());
        }
        for (int length = 0; length < bytes.length; length++) {
            byte[] torn = Arrays.copyOf(bytes, length);
            assertThrows(MalformedDataException.class, () -> read(SearchCodec::readWeights, torn));
        }
    }

    @Test
    void notANumberAndItsLikesComeBack() throws Exception {
        Evaluation failed = Evaluation.failed(7, EvaluationStatus.DIVERGED, Durations.ZERO, "loss is NaN at epoch 2");
        assertComesBack(SearchCodec::write, SearchCodec::readEvaluation, failed);
        assertComesBack(
                SearchCodec::write,
                SearchCodec::readInsertion,
                new Insertion(-1, Double.NaN, Double.NEGATIVE_INFINITY, -0.0));
    }

    @Property(tries = 2000, seed = "35")
    void anyBytesAreRefusedInOneWay(@ForAll @Size(max = 200) byte[] bytes) {
        READS.forEach(read -> assertHarmless(read, bytes));
    }

    @Property(tries = 300, seed = "36")
    void damagedBytesAreRefusedInOneWay(
            @ForAll("candidates") Candidate candidate,
            @ForAll("evaluations") Evaluation evaluation,
            @ForAll long seed) {
        RandomGenerator random = Generators.seeded(seed);
        Weights weights =
                new Weights(List.of(new Weights.Array("latent_W", new int[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6})));
        assertHarmless(SearchCodec::readCandidate, damaged(bytes(SearchCodec::write, candidate), random));
        assertHarmless(SearchCodec::readEvaluation, damaged(bytes(SearchCodec::write, evaluation), random));
        assertHarmless(SearchCodec::readWeights, damaged(bytes(SearchCodec::write, weights), random));
    }

    private static byte[] damaged(byte[] bytes, RandomGenerator random) {
        int hits = 1 + random.nextInt(3);
        for (int i = 0; i < hits; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** Reads or throws {@link MalformedDataException}; any other exception fails the test. */
    private static void assertHarmless(Read<?> read, byte[] bytes) {
        try {
            read(read, bytes);
        } catch (MalformedDataException e) {
            assertTrue(e.getMessage() != null && e.getMessage().indexOf('\n') < 0, e.getMessage());
        }
    }

    /** Lengths that promise gigabytes in a few bytes. */
    @Test
    void announcedLengthsAreNotBelieved() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int announced : new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE / 8, 1 << 24, -1, Integer.MIN_VALUE}) {
            byte[] bytes = new byte[400];
            for (int i = 0; i + 4 <= bytes.length; i += 4) {
                ByteBuffer.wrap(bytes).putInt(i, announced);
            }
            for (Read<?> read : READS) {
                assertHarmless(read, bytes);
                long before = threads.getCurrentThreadAllocatedBytes();
                assertHarmless(read, bytes);
                long allocated = threads.getCurrentThreadAllocatedBytes() - before;
                assertTrue(allocated < 100_000, "allocated " + allocated + " bytes for 400");
            }
        }
    }

    @Test
    void weightsMustFillTheirShape() {
        for (int[] shape : new int[][] {{2, 4}, {-2, -3}, {1 << 16, 1 << 16, 6}, {0}, {}}) {
            Encoder out = new Encoder().i32(1).text("latent_W").i32(shape.length);
            for (int side : shape) {
                out.i32(side);
            }
            out.floats(new float[6]);
            Exception e =
                    assertThrows(MalformedDataException.class, () -> read(SearchCodec::readWeights, out.toBytes()));
            assertEquals("array 0: 6 values do not fill its " + shape.length + " sides", e.getMessage());
        }
    }

    @Test
    void foreignTextsAreRefused() {
        byte[] notUtf8 = new Encoder().bytes(new byte[] {(byte) 0xC3, 0x28}).toBytes();
        Exception e = assertThrows(MalformedDataException.class, () -> read(Decoder::text, notUtf8));
        assertEquals("a text is not UTF-8", e.getMessage());
        Exception truth = assertThrows(MalformedDataException.class, () -> read(Decoder::bool, new byte[] {2}));
        assertEquals("a truth value is 0 or 1, found 2", truth.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Encoder().u8(256));
    }

    @Test
    void unknownStatusesAreRefused() {
        byte[] bytes = new Encoder().i64(3).u8(EvaluationStatus.values().length).toBytes();
        Exception e = assertThrows(MalformedDataException.class, () -> read(SearchCodec::readEvaluation, bytes));
        assertEquals("evaluation 3: no status has code 7", e.getMessage());
    }

    @Test
    void codesOfStatusesNeverChange() {
        assertEquals(
                "[OK, INVALID, DIVERGED, OUT_OF_MEMORY, TIME_LIMIT, FAILED, WORKER_LOST]",
                Arrays.toString(EvaluationStatus.values()));
        assertThrows(IllegalArgumentException.class, () -> EvaluationStatus.of(-1));
    }

    /** The bytes of a value are a format: this one must never change without a new version. */
    @Test
    void bytesByHand() {
        byte[] bytes = bytes(SearchCodec::write, new Insertion(258, 0.5, 1, 0, List.of(7L)));
        assertArrayEquals(
                new byte[] {
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    1,
                    2, //
                    0x3F,
                    (byte) 0xE0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0, //
                    0x3F,
                    (byte) 0xF0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0, //
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0, //
                    0,
                    0,
                    0,
                    1, //
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    7
                },
                bytes);
        assertArrayEquals(
                new byte[] {0, 0, 0, 3, 'a', (byte) 0xC3, (byte) 0xA4},
                new Encoder().text("a\u00e4").toBytes());
    }

    /** Bytes of an evaluation without objectives after its figures: how many objectives, and the inheritance. */
    private static final int SINCE_OBJECTIVES = 1 + 1 + 8 + 8 + Integer.BYTES + Double.BYTES;

    @Test
    void figuresOutOfOrderAreRefused() {
        byte[] none = bytes(SearchCodec::write, Evaluation.failed(3, EvaluationStatus.FAILED, Durations.ZERO, "lost"));
        for (int[] codes : new int[][] {{1, 0}, {2, 2}, {200}}) {
            Encoder out = new Encoder()
                    .raw(Arrays.copyOf(none, none.length - 1 - SINCE_OBJECTIVES))
                    .u8(codes.length);
            for (int code : codes) {
                out.u8(code).f64(0.5);
            }
            Exception e =
                    assertThrows(MalformedDataException.class, () -> read(SearchCodec::readEvaluation, out.toBytes()));
            assertEquals("evaluation 3: no figure has code " + codes[codes.length - 1] + " there", e.getMessage());
        }
    }

    /** Of a classifier, with two folds of two epochs: what of it cannot be is named. */
    @Test
    void foldsAndFiguresOfEpochsComeBack() throws Exception {
        List<Evaluation.Epoch> curve = new ArrayList<>();
        for (int point = 0; point < 4; point++) {
            curve.add(new Evaluation.Epoch(
                    1 + point / 2,
                    1 + point % 2,
                    0.5,
                    Double.NaN,
                    point == 3 ? Map.of() : Map.of(Figure.CROSS_ENTROPY, 0.25 + point, Figure.ACCURACY, Double.NaN),
                    point));
        }
        assertComesBack(SearchCodec::write, SearchCodec::readEvaluation, evaluation(curve));
        byte[] bytes = bytes(SearchCodec::write, evaluation(curve));
        int fold = place(bytes, new Encoder().f64(2).i32(2).toBytes()) + Double.BYTES + Integer.BYTES - 1;
        for (int wrong : new int[] {0, -1}) {
            byte[] changed = bytes.clone();
            ByteBuffer.wrap(changed).putInt(fold - 3, wrong);
            Exception e = assertThrows(MalformedDataException.class, () -> read(SearchCodec::readEvaluation, changed));
            assertEquals("evaluation 3: folds count from 1, found " + wrong, e.getMessage());
        }
        byte[] twice = bytes.clone();
        twice[fold + 11] = (byte) Figure.ACCURACY.ordinal();
        Exception e = assertThrows(MalformedDataException.class, () -> read(SearchCodec::readEvaluation, twice));
        assertEquals("evaluation 3: no figure has code 6 there", e.getMessage());
    }

    /** One byte more than programs before wrote that knew no folds, whatever the number of epochs. */
    @Test
    void epochsOfOneSplitTakeNoMoreThanTheyDid() throws Exception {
        Evaluation evaluation = evaluation(IntStream.rangeClosed(1, 50)
                .mapToObj(epoch -> new Evaluation.Epoch(epoch, 0.5, 0.25, epoch))
                .toList());
        byte[] bytes = bytes(SearchCodec::write, evaluation);
        int message = 8 + 1 + 3 * 8 + 8 + 4 + 8 + 3 * 8 + 4;
        byte[] before = new byte[bytes.length - 1 - SINCE_OBJECTIVES];
        System.arraycopy(bytes, 0, before, 0, message);
        System.arraycopy(bytes, message + 1, before, message, before.length - message);
        assertEquals(message + 4 + 50 * 28 + 1, before.length);
        assertEquals(evaluation, read(SearchCodec::readEvaluationOfOneSplit, before));
    }

    private static Evaluation evaluation(List<Evaluation.Epoch> curve) {
        return new Evaluation(
                3, EvaluationStatus.OK, new Score(0.5, 0.5, 0.5), new Effort(Durations.ZERO, 1, 2, 3), curve, "");
    }

    /** Where some bytes are, which must be there once. */
    private static int place(byte[] in, byte[] part) {
        int[] places = IntStream.rangeClosed(0, in.length - part.length)
                .filter(at -> Arrays.equals(in, at, at + part.length, part, 0, part.length))
                .toArray();
        assertEquals(1, places.length);
        return places[0];
    }

    @Test
    void codesOfFiguresNeverChange() {
        assertEquals(
                "[PSNR, SSIM, TRUSTWORTHINESS, CONTINUITY, PROBE_ACCURACY, KNN_ACCURACY, ACCURACY,"
                        + " CROSS_ENTROPY, MACRO_F1, TEST_ACCURACY, MAJORITY_ACCURACY, TEST_MAJORITY_ACCURACY,"
                        + " DISAGREEMENT, TEST_DISAGREEMENT, ERROR_CORRELATION, TEST_ERROR_CORRELATION]",
                Arrays.toString(Figure.values()));
        assertThrows(IllegalArgumentException.class, () -> Figure.of(16));
    }

    private record Measured(List<Evaluation.Epoch> curve, Map<Figure, Double> figures) {}

    @Provide
    static Arbitrary<Candidate> candidates() {
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.integers(),
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        texts(),
                        AnyGenome.arbitrary())
                .as(Candidate::new);
    }

    @Provide
    static Arbitrary<Evaluation> evaluations() {
        Arbitrary<Double> numbers = Arbitraries.longs().map(Double::longBitsToDouble);
        Arbitrary<Durations> durations =
                Combinators.combine(numbers, numbers, numbers).as(Durations::new);
        Arbitrary<List<Evaluation.Epoch>> curves = Combinators.combine(
                        Arbitraries.integers(), numbers, numbers, numbers)
                .as(Evaluation.Epoch::new)
                .list()
                .ofMaxSize(6);
        return Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.of(EvaluationStatus.class),
                        numbers.array(double[].class).ofSize(4),
                        Arbitraries.longs(),
                        Arbitraries.integers(),
                        durations,
                        Combinators.combine(
                                        curves,
                                        Arbitraries.maps(Arbitraries.of(Figure.class), numbers)
                                                .ofMaxSize(6))
                                .as(Measured::new),
                        texts())
                .as((id, status, n, parameters, epochs, d, m, message) -> new Evaluation(
                        id,
                        status,
                        new Score(n[0], n[1], n[2], m.figures()),
                        new Effort(d, epochs, n[3], parameters),
                        m.curve(),
                        message));
    }

    /** Texts without lone surrogates, which UTF-8 cannot hold. */
    private static Arbitrary<String> texts() {
        return Arbitraries.strings().ofMaxLength(20).filter(s -> !s.chars()
                .anyMatch(c -> Character.isSurrogate((char) c)));
    }
}
