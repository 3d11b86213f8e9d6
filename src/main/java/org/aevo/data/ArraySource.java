package org.aevo.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Samples in an array, and perhaps their labels in another. */
final class ArraySource implements DataSource {
    private final NumericArray samples;
    private final SampleShape shape;
    private final int[] labels;
    private final Contents contents;

    /**
     * @param signals whether samples are signals
     * @throws DataException if they are no samples, or the labels are none of these samples
     */
    ArraySource(NumericArray samples, Optional<NumericArray> labels, Layout layout, boolean signals) {
        this.samples = samples;
        shape = SampleShape.of(samples.sides(), layout, signals, samples.where());
        int count = samples.sides().get(0).intValue();
        this.labels = labels.map(array -> Labels.of(array, count, samples)).orElse(new int[0]);
        List<Path> others = new ArrayList<>(samples.otherFiles());
        labels.ifPresent(array -> others.addAll(array.otherFiles()));
        contents = Contents.of(samples.name(), samples.path().toString())
                .shape(shape.channels(), shape.height(), shape.width())
                .layout(shape.layout())
                .training(count)
                .values(samples.type(), samples.bytes())
                .labelled(labels.isPresent())
                .remarks(remarks(labels.filter(array -> Labels.isOneHot(array, count))))
                .fillValue(fillValue())
                .otherFiles(others)
                .build();
    }

    private List<String> remarks(Optional<NumericArray> oneHot) {
        List<String> remarks = new ArrayList<>();
        shape.remark().ifPresent(remarks::add);
        oneHot.ifPresent(array -> remarks.add("labels are one-hot rows of "
                + array.sides().get(1) + " values: the place of the 1, counted from 0, is the label"));
        Map<String, String> attributes = samples.attributes();
        for (String scale : List.of("scale_factor", "add_offset")) {
            if (attributes.containsKey(scale)) {
                remarks.add("the array has the attribute " + scale + " " + attributes.get(scale)
                        + " (netCDF): it is not applied, values are used as they are stored");
            }
        }
        if (attributes.containsKey("MATLAB_class")) {
            List<Long> reversed = new ArrayList<>(samples.sides());
            java.util.Collections.reverse(reversed);
            remarks.add(
                    "MATLAB wrote the array and calls its shape " + reversed + ": samples are its last side there, the"
                            + " first here, and what are rows of an image there are columns here");
        }
        return remarks;
    }

    private OptionalDouble fillValue() {
        for (String name : List.of("_FillValue", "missing_value")) {
            String value = samples.attributes().get(name);
            if (value != null) {
                try {
                    return OptionalDouble.of(Double.parseDouble(value));
                } catch (NumberFormatException e) {
                    return OptionalDouble.empty();
                }
            }
        }
        return OptionalDouble.empty();
    }

    @Override
    public Contents contents() {
        return contents;
    }

    @Override
    public void read(Part part, int[] wanted, Sink sink) {
        Selection selection = new Selection(wanted, contents.training());
        Optional<int[]> places = shape.places();
        double[] ordered = new double[shape.size()];
        samples.read(selection::wants, (row, values) -> {
            if (places.isPresent()) {
                int[] from = places.get();
                for (int i = 0; i < ordered.length; i++) {
                    ordered[i] = values[from[i]];
                }
            }
            sink.accept(selection.slot(row), places.isPresent() ? ordered : values, label(row));
        });
    }

    @Override
    public void readBytes(Part part, int[] wanted, ByteSink sink) {
        Selection selection = new Selection(wanted, contents.training());
        Optional<int[]> places = shape.places();
        byte[] ordered = new byte[shape.size()];
        samples.readBytes(selection::wants, (row, values) -> {
            if (places.isPresent()) {
                int[] from = places.get();
                for (int i = 0; i < ordered.length; i++) {
                    ordered[i] = values[from[i]];
                }
            }
            sink.accept(selection.slot(row), places.isPresent() ? ordered : values, label(row));
        });
    }

    private int label(int row) {
        return labels.length == 0 ? -1 : labels[row];
    }

    @Override
    public int[] labels(Part part) {
        return labels.clone();
    }
}
