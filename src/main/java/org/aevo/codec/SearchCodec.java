package org.aevo.codec;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.aevo.design.Designs;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.aevo.search.Inheritance;
import org.aevo.search.Insertion;
import org.aevo.search.Score;
import org.aevo.search.Teamwork;
import org.aevo.search.TrainedNetwork;
import org.aevo.search.Usage;
import org.aevo.search.Weights;

/** Candidates, evaluations, insertions and weights to bytes and back. */
public final class SearchCodec {
    private static final int EPOCH_BYTES = Integer.BYTES + 3 * Double.BYTES;
    /** Fold and number of figures on top. */
    private static final int FOLDED_EPOCH_BYTES = EPOCH_BYTES + Integer.BYTES + 1;
    /** What an evaluation was written with; {@link #write(Encoder, Evaluation)} writes the last. */
    private static final int WITHOUT_FIGURES = 1;

    private static final int OF_ONE_SPLIT = 2;
    private static final int OF_ONE_OBJECTIVE = 3;
    private static final int OF_ONE_RANK = 4;
    private static final int NEWEST = 5;

    private SearchCodec() {}

    public static void write(Encoder out, Candidate c) {
        out.i64(c.id())
                .i32(c.generation())
                .i64(c.parentA())
                .i64(c.parentB())
                .text(c.operator())
                .text(c.design().toString());
    }

    public static Candidate readCandidate(Decoder in) throws MalformedDataException {
        long id = in.i64();
        int generation = in.i32();
        long parentA = in.i64();
        long parentB = in.i64();
        String operator = in.text();
        String design = in.text();
        try {
            return new Candidate(id, generation, parentA, parentB, operator, Designs.parse(design));
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException("candidate " + id + ": " + e.getMessage(), e);
        }
    }

    /**
     * All but its {@link Usage}, which comes at the end of what holds an evaluation. Epochs of one split without figures, which
     * are most, take no bytes for either.
     */
    public static void write(Encoder out, Evaluation e) {
        out.i64(e.id())
                .u8(e.status().ordinal())
                .f64(e.fitness())
                .f64(e.score().trainLoss())
                .f64(e.score().validationLoss())
                .i64(e.effort().parameters())
                .i32(e.effort().epochs())
                .f64(e.effort().samplesPerSecond())
                .f64(e.effort().durations().build())
                .f64(e.effort().durations().train())
                .f64(e.effort().durations().validate())
                .text(e.message());
        boolean folded = !e.curve().stream().allMatch(SearchCodec::isPlain);
        out.bool(folded).i32(e.curve().size());
        for (Evaluation.Epoch epoch : e.curve()) {
            out.i32(epoch.epoch())
                    .f64(epoch.trainLoss())
                    .f64(epoch.validationLoss())
                    .f64(epoch.elapsed());
            if (folded) {
                out.i32(epoch.fold());
                write(out, epoch.figures());
            }
        }
        write(out, e.score().figures());
        out.u8(e.score().objectives().size());
        e.score().objectives().forEach(out::f64);
        write(out, e.effort().inheritance());
        out.i32(e.effort().teamwork().ranks()).f64(e.effort().teamwork().communicationSeconds());
    }

    private static void write(Encoder out, Inheritance inheritance) {
        out.u8(inheritance.origin().ordinal()).f64(inheritance.share()).i64(inheritance.epochs());
    }

    private static boolean isPlain(Evaluation.Epoch epoch) {
        return epoch.fold() == 1 && epoch.figures().isEmpty();
    }

    private static void write(Encoder out, Map<Figure, Double> figures) {
        out.u8(figures.size());
        figures.forEach((figure, value) -> out.u8(figure.ordinal()).f64(value));
    }

    public static Evaluation readEvaluation(Decoder in) throws MalformedDataException {
        return readEvaluation(in, NEWEST);
    }

    /** One that was written before candidates were shared among ranks. */
    public static Evaluation readEvaluationOfOneRank(Decoder in) throws MalformedDataException {
        return readEvaluation(in, OF_ONE_RANK);
    }

    /** One that was written before there were several objectives, and inherited weights. */
    public static Evaluation readEvaluationOfOneObjective(Decoder in) throws MalformedDataException {
        return readEvaluation(in, OF_ONE_OBJECTIVE);
    }

    /** One that was written before there were folds, and figures of epochs. */
    public static Evaluation readEvaluationOfOneSplit(Decoder in) throws MalformedDataException {
        return readEvaluation(in, OF_ONE_SPLIT);
    }

    /** One that was written before there were figures. */
    public static Evaluation readEvaluationWithoutFigures(Decoder in) throws MalformedDataException {
        return readEvaluation(in, WITHOUT_FIGURES);
    }

    private static Evaluation readEvaluation(Decoder in, int version) throws MalformedDataException {
        long id = in.i64();
        int status = in.u8();
        if (status >= EvaluationStatus.values().length) {
            throw new MalformedDataException("evaluation " + id + ": no status has code " + status);
        }
        double fitness = in.f64();
        double trainLoss = in.f64();
        double validationLoss = in.f64();
        long parameters = in.i64();
        int epochs = in.i32();
        double samplesPerSecond = in.f64();
        Durations durations = new Durations(in.f64(), in.f64(), in.f64());
        String message = in.text();
        List<Evaluation.Epoch> curve = readCurve(in, id, version > OF_ONE_SPLIT && in.bool());
        Map<Figure, Double> figures = version > WITHOUT_FIGURES ? readFigures(in, id) : Map.of();
        Evaluation evaluation = new Evaluation(
                id,
                EvaluationStatus.of(status),
                new Score(fitness, trainLoss, validationLoss, figures),
                new Effort(durations, epochs, samplesPerSecond, parameters),
                curve,
                message);
        if (version > OF_ONE_OBJECTIVE) {
            evaluation = evaluation.with(readObjectives(in)).from(readInheritance(in, id));
        }
        return version > OF_ONE_RANK ? evaluation.by(readTeamwork(in, id)) : evaluation;
    }

    private static Teamwork readTeamwork(Decoder in, long id) throws MalformedDataException {
        int ranks = in.i32();
        double communicationSeconds = in.f64();
        try {
            return new Teamwork(ranks, communicationSeconds);
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException("evaluation " + id + ": " + e.getMessage(), e);
        }
    }

    private static List<Double> readObjectives(Decoder in) throws MalformedDataException {
        int count = in.u8();
        List<Double> objectives = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            objectives.add(in.f64());
        }
        return objectives;
    }

    private static Inheritance readInheritance(Decoder in, long id) throws MalformedDataException {
        int origin = in.u8();
        double share = in.f64();
        long epochs = in.i64();
        try {
            return new Inheritance(Inheritance.Origin.of(origin), share, epochs);
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException("evaluation " + id + ": " + e.getMessage(), e);
        }
    }

    private static List<Evaluation.Epoch> readCurve(Decoder in, long id, boolean folded) throws MalformedDataException {
        int points = in.length(folded ? FOLDED_EPOCH_BYTES : EPOCH_BYTES, "epochs");
        List<Evaluation.Epoch> curve = new ArrayList<>(points);
        for (int i = 0; i < points; i++) {
            int epoch = in.i32();
            double trainLoss = in.f64();
            double validationLoss = in.f64();
            double elapsed = in.f64();
            int fold = folded ? in.i32() : 1;
            if (fold < 1) {
                throw new MalformedDataException("evaluation " + id + ": folds count from 1, found " + fold);
            }
            Map<Figure, Double> figures = folded ? readFigures(in, id) : Map.of();
            curve.add(new Evaluation.Epoch(fold, epoch, trainLoss, validationLoss, figures, elapsed));
        }
        return curve;
    }

    /** In the order of their codes, each once. */
    private static Map<Figure, Double> readFigures(Decoder in, long id) throws MalformedDataException {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        int count = in.u8();
        int last = -1;
        for (int i = 0; i < count; i++) {
            int code = in.u8();
            if (code <= last || code >= Figure.values().length) {
                throw new MalformedDataException("evaluation " + id + ": no figure has code " + code + " there");
            }
            figures.put(Figure.of(code), in.f64());
            last = code;
        }
        return figures;
    }

    public static void write(Encoder out, Usage usage) {
        out.f64(usage.cpuSeconds()).f64(usage.peakMemoryBytes()).f64(usage.gpuMemoryBytes());
    }

    public static Usage readUsage(Decoder in) throws MalformedDataException {
        return new Usage(in.f64(), in.f64(), in.f64());
    }

    public static void write(Encoder out, Insertion i) {
        out.i64(i.id()).f64(i.bestFitness()).f64(i.meanFitness()).f64(i.diversity());
        out.i32(i.left().size());
        i.left().forEach(out::i64);
    }

    public static Insertion readInsertion(Decoder in) throws MalformedDataException {
        Insertion insertion = readInsertionOfNewcomer(in);
        int count = in.length(Long.BYTES, "members that left");
        List<Long> left = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            left.add(in.i64());
        }
        return new Insertion(
                insertion.id(), insertion.bestFitness(), insertion.meanFitness(), insertion.diversity(), left);
    }

    /** One that was written before it was told who leaves. */
    public static Insertion readInsertionOfNewcomer(Decoder in) throws MalformedDataException {
        return new Insertion(in.i64(), in.f64(), in.f64(), in.f64());
    }

    public static void write(Encoder out, Weights weights) {
        out.i32(weights.arrays().size());
        for (Weights.Array array : weights.arrays()) {
            out.text(array.name()).i32(array.shape().length);
            for (int side : array.shape()) {
                out.i32(side);
            }
            out.floats(array.values());
        }
    }

    public static Weights readWeights(Decoder in) throws MalformedDataException {
        int count = in.length(3 * Integer.BYTES, "arrays");
        List<Weights.Array> arrays = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = in.text();
            int[] shape = new int[in.length(Integer.BYTES, "sides of array " + i)];
            for (int s = 0; s < shape.length; s++) {
                shape[s] = in.i32();
            }
            float[] values = in.floats();
            try {
                arrays.add(new Weights.Array(name, shape, values));
            } catch (IllegalArgumentException e) {
                // without the name, which whoever sent it chose
                throw new MalformedDataException(
                        "array " + i + ": " + values.length + " values do not fill its " + shape.length + " sides", e);
            }
        }
        return new Weights(arrays);
    }

    public static void write(Encoder out, TrainedNetwork network) {
        out.i64(network.id()).text(network.design().toString()).i64(network.epochs());
        write(out, network.weights());
    }

    /** A network that was trained; that its weights fit its design is for others to check. */
    public static TrainedNetwork readTrainedNetwork(Decoder in) throws MalformedDataException {
        long id = in.i64();
        String design = in.text();
        long epochs = in.i64();
        if (id < 0 || epochs < 0) {
            throw new MalformedDataException(
                    "a trained network has an id and epochs of at least 0, found " + id + " and " + epochs);
        }
        Weights weights = readWeights(in);
        try {
            return new TrainedNetwork(id, Designs.parse(design), epochs, weights);
        } catch (IllegalArgumentException e) {
            throw new MalformedDataException("network of candidate " + id + ": " + e.getMessage(), e);
        }
    }

    /** Bytes that {@link #write(Encoder, TrainedNetwork)} takes, more or less; larger than {@code int} if no array has so many. */
    public static long size(TrainedNetwork network) {
        long names = network.weights().arrays().stream()
                .mapToLong(array -> 64L + array.name().length() + Integer.BYTES * array.shape().length)
                .sum();
        return 128L
                + network.design().toString().length()
                + names
                + Float.BYTES * network.weights().size();
    }
}
