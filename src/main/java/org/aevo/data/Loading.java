package org.aevo.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A split on its way out of its source: which samples it has, how they are scaled and kept. */
final class Loading implements CheckedData {
    private final DataSource source;
    private final Optional<DataSource> clean;
    private final Contents contents;
    private final SplitPlan plan;
    private final Scaler scaler;
    private final Map<SplitPart, int[]> labels = new EnumMap<>(SplitPart.class);
    private Optional<String> checksum = Optional.empty();

    /** Takes a sample of a part, in the form in which it is kept. */
    @FunctionalInterface
    interface Keeper {
        /** The bytes are overwritten by the next sample. */
        void keep(SplitPart part, int index, byte[] row);
    }

    /**
     * Finds the ranges in the train part, and values that are no numbers in all parts.
     *
     * @param clean targets of the samples, where they have any
     * @throws DataException if they are not one for each sample, of the same shape
     */
    Loading(DataSource source, Optional<DataSource> clean, DataSettings settings) {
        this.source = source;
        this.clean = clean;
        Contents found = clean.map(targets -> CleanTargets.joined(source.contents(), targets.contents()))
                .orElseGet(source::contents);
        plan = Splitter.plan(found, settings);
        for (SplitPart part : SplitPart.values()) {
            labels.put(part, new int[found.labelled() ? count(part) : 0]);
        }
        Survey survey = new Survey(found);
        scaler = scaler(found, settings.scaling(), survey);
        contents = found.withRemarks(DataWords.of(found, plan, settings, survey, type() == Values.Type.BYTES));
    }

    Contents contents() {
        return contents;
    }

    int count(SplitPart part) {
        return part.of(plan).length;
    }

    Values.Type type() {
        return Values.Type.of(scaler);
    }

    /** Bytes of a sample as it is kept. */
    int rowBytes() {
        return Math.multiplyExact(contents.sampleSize(), type().bytes());
    }

    /** Reads everything, each file once. */
    void read(Keeper keeper) {
        SplitChecksum sum = new SplitChecksum(contents, type(), part -> contents.rows(count(part)));
        Keeper all = (part, index, row) -> {
            sum.see(part, index, row);
            keeper.keep(part, index, row);
        };
        readScaled(source, all);
        clean.ifPresent(targets -> readScaled(targets, (part, index, row) -> all.keep(part, count(part) + index, row)));
        checksum = Optional.of(sum.text(this::labels));
    }

    private void readScaled(DataSource from, Keeper keeper) {
        if (type() == Values.Type.BYTES) {
            this.<byte[]>readPlanned(
                    (part, wanted, sink) -> from.readBytes(part, wanted, sink::accept),
                    (part, index, bytes, label) -> keeper.keep(part, index, bytes));
        } else {
            byte[] row = new byte[rowBytes()];
            float[] floats = new float[contents.sampleSize()];
            readPlanned(values(from), (part, index, values, label) -> {
                scaler.scale(values, floats, 0);
                ByteBuffer.wrap(row).order(Rows.ORDER).asFloatBuffer().put(floats);
                keeper.keep(part, index, row);
            });
        }
    }

    private void label(Contents found, SplitPart part, int index, int label) {
        if (found.labelled()) {
            labels.get(part)[index] = label;
        }
    }

    /** The labels of a part. */
    Optional<int[]> labels(SplitPart part) {
        return contents.labelled() ? Optional.of(labels.get(part)) : Optional.empty();
    }

    /** That of the split, see {@link Split}; reads everything, unless that is done. */
    String checksum() {
        if (checksum.isEmpty()) {
            read((part, index, row) -> {});
        }
        return checksum.orElseThrow();
    }

    @Override
    public InputForm form() {
        return InputForm.of(contents, scaler);
    }

    @Override
    public Summary summary() {
        return contents.summary(plan.train().length, plan.validation().length, plan.test().length);
    }

    @Override
    public Optional<SeenLabels> labels() {
        return labels(SplitPart.TRAIN)
                .map(train -> new SeenLabels(
                        train.clone(), labels.get(SplitPart.VALIDATION).clone()));
    }

    @Override
    public Optional<LabelCounts> labelCounts() {
        return labels(SplitPart.TRAIN)
                .map(train -> LabelCounts.of(train, labels.get(SplitPart.VALIDATION), labels.get(SplitPart.TEST)));
    }

    /** Everything, in the heap. */
    Split inHeap() {
        Map<SplitPart, Rows> rows = new EnumMap<>(SplitPart.class);
        for (SplitPart part : SplitPart.values()) {
            rows.put(part, Rows.inHeap(rowBytes(), contents.rows(count(part))));
        }
        read((part, index, row) -> rows.get(part).put(index, row));
        return new Split(
                dataset(SplitPart.TRAIN, rows),
                dataset(SplitPart.VALIDATION, rows),
                dataset(SplitPart.TEST, rows),
                checksum(),
                form());
    }

    private Dataset dataset(SplitPart part, Map<SplitPart, Rows> rows) {
        return contents.dataset(new Values(type(), rows.get(part)), labels(part));
    }

    /**
     * Reads everything once, whatever the scaling: labels are kept, and what cannot be read, or looks odd, is known before a
     * run begins.
     */
    private Scaler scaler(Contents found, Scaling scaling, Survey survey) {
        if (found.bytes() && scaling == Scaling.AUTO) {
            clean.ifPresent(targets -> this.<byte[]>readPlanned(
                    (part, wanted, sink) -> targets.readBytes(part, wanted, sink::accept),
                    (part, index, bytes, label) -> {}));
            this.<byte[]>readPlanned(
                    (part, wanted, sink) -> source.readBytes(part, wanted, sink::accept),
                    (part, index, bytes, label) -> {
                        label(found, part, index, label);
                        if (part == SplitPart.TRAIN) {
                            survey.see(bytes);
                        }
                    });
            return Scaler.BYTES;
        }
        Scaler.Ranges ranges = new Scaler.Ranges(DataSettings.perFeature(scaling, found), found.sampleSize());
        readPlanned(values(source), (part, index, values, label) -> {
            mustBeFinite(found, values, part, index);
            label(found, part, index, label);
            if (part == SplitPart.TRAIN) {
                survey.see(values);
                ranges.see(values);
            }
        });
        // one range for both: what is the same in a sample and its target is the same when scaled
        clean.ifPresent(targets -> readPlanned(values(targets), (part, index, values, label) -> {
            mustBeFinite(targets.contents(), values, part, index);
            if (part == SplitPart.TRAIN) {
                ranges.see(values);
            }
        }));
        return ranges.scaler();
    }

    private void mustBeFinite(Contents found, double[] values, SplitPart part, int index) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                int sample = part.of(plan)[index];
                throw new DataException(found.nameAndPlace() + ": value " + i + " of sample " + sample
                        + " (counted from 0) is " + values[i] + ", expected a finite number");
            }
        }
    }

    private static Reader<double[]> values(DataSource from) {
        return (part, wanted, sink) -> from.read(part, wanted, sink::accept);
    }

    /** Takes a sample by its place in the list of those wanted. */
    @FunctionalInterface
    private interface SlotSink<V> {
        void accept(int slot, V values, int label);
    }

    /** Takes a sample by its place in the split. */
    @FunctionalInterface
    private interface PartSink<V> {
        void accept(SplitPart part, int index, V values, int label);
    }

    /** Reads samples of one part of the source. */
    @FunctionalInterface
    private interface Reader<V> {
        void read(DataSource.Part part, int[] wanted, SlotSink<V> sink);
    }

    /** Reads all samples of the plan, each part of the source once. */
    private <V> void readPlanned(Reader<V> reader, PartSink<V> sink) {
        for (DataSource.Part from : DataSource.Part.values()) {
            List<SplitPart> parts = Arrays.stream(SplitPart.values())
                    .filter(part -> part.source(plan) == from)
                    .toList();
            int[] wanted = parts.stream()
                    .flatMapToInt(part -> Arrays.stream(part.of(plan)))
                    .toArray();
            if (wanted.length == 0) {
                continue;
            }
            reader.read(from, wanted, (slot, values, label) -> {
                int index = slot;
                int at = 0;
                while (index >= part(parts, at).length) {
                    index -= part(parts, at++).length;
                }
                sink.accept(parts.get(at), index, values, label);
            });
        }
    }

    private int[] part(List<SplitPart> parts, int at) {
        return parts.get(at).of(plan);
    }
}
