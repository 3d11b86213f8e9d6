package org.aevo.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table of text: a row is a sample, a column a feature; one column may be of labels, numbers or names. */
final class CsvSource implements DataSource {
    private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "none", "?", "-");
    private static final int MAX_NAMES = 10;
    private static final Pattern INFINITE = Pattern.compile("(?i)[+-]?inf(inity)?");

    private final Path path;
    private final CsvColumns columns;
    private final int[] labels;
    private final List<String> classes;
    private final Contents contents;

    /**
     * @param label name or number, from 1, of the column of labels
     * @param known classes by number, as another table has them; empty if this is the first
     * @throws DataException if the rows are of different lengths, or there is no such column
     */
    CsvSource(Path path, TableFormat format, Optional<String> label, List<String> known, boolean signals) {
        this.path = path;
        DataFile.checkedSize(path);
        FileFormat.of(path)
                .filter(found -> found != FileFormat.TEXT && found != FileFormat.GZIP)
                .ifPresent(found -> FileFormat.mustBe(FileFormat.TEXT, path, "a table of text"));
        columns = CsvColumns.of(path, format, label);
        if (columns.features() < 1) {
            throw new DataException(path + ": has no column but that of the labels");
        }
        Map<String, Integer> seen = new LinkedHashMap<>();
        if (signals && columns.features() < 2) {
            throw new DataException(
                    path + ": signals of one value have no neighbours; leave data.signals out, or give more columns");
        }
        int[] rows = labelsByAppearance(seen);
        classes = classes(seen, known);
        labels = columns.label() < 0 ? new int[0] : numbered(rows, seen);
        contents = Contents.of("table", path.toString())
                .shape(signals ? 1 : columns.features(), 1, signals ? columns.features() : 1)
                .features(columns.featureNames())
                .training(rows.length)
                .values("numbers of a text", false)
                .labelled(columns.label() >= 0)
                .remarks(remarks())
                .build();
    }

    /** Classes that are names, by number; none where labels are numbers themselves. */
    List<String> classNames() {
        return classes;
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        remarks.add(
                columns.header()
                        ? "the first row names the columns; data.header says otherwise"
                        : "no row names the columns; data.header says otherwise");
        if (!classes.isEmpty()) {
            remarks.add("labels are names, numbered in their order: "
                    + IntStream.range(0, Math.min(MAX_NAMES, classes.size()))
                            .mapToObj(i -> i + " " + CsvColumns.brief(classes.get(i)))
                            .collect(Collectors.joining(", "))
                    + (classes.size() > MAX_NAMES ? ", ..." : ""));
        }
        return remarks;
    }

    /** For each row the number of its label, in the order in which labels appear; finds rows that are too short or long. */
    private int[] labelsByAppearance(Map<String, Integer> seen) {
        int[] rows = new int[1024];
        int count = 0;
        boolean names = false;
        Optional<String> odd = Optional.empty();
        try (CsvReader in = rows()) {
            while (in.next()) {
                checkLength(in, count);
                if (count == Integer.MAX_VALUE - 8) {
                    throw new DataException(path + ": has more than " + count + " rows");
                }
                if (count == rows.length) {
                    rows = Arrays.copyOf(rows, (int) Math.min(Integer.MAX_VALUE - 8, 2L * count));
                }
                if (columns.label() >= 0) {
                    String text = in.text(columns.label());
                    if (isMissing(text)) {
                        throw missing(in, count, columns.label(), text);
                    }
                    int known = seen.size();
                    rows[count] = seen.computeIfAbsent(text, t -> seen.size());
                    if (rows[count] == known) {
                        double number = INFINITE.matcher(text).matches()
                                ? Double.POSITIVE_INFINITY
                                : in.number(columns.label());
                        names |= Double.isNaN(number);
                        if (odd.isEmpty() && (number < 0 || number % 1 != 0) && !Double.isNaN(number)) {
                            odd = Optional.of(place(in, count, columns.label()) + "the label is " + text
                                    + ", expected a whole number from 0, or a name");
                        }
                    }
                    if (seen.size() > Labels.MOST_CLASSES) {
                        throw new DataException(path + ": column " + columns.name(columns.label()) + " has more than "
                                + Labels.MOST_CLASSES + " different labels, are they values?");
                    }
                }
                count++;
            }
        }
        if (odd.isPresent() && !names) {
            throw new DataException(odd.get());
        }
        if (count == 0) {
            throw new DataException(path + ": holds no rows below the names of its columns");
        }
        return Arrays.copyOf(rows, count);
    }

    private static List<String> classes(Map<String, Integer> seen, List<String> known) {
        if (!known.isEmpty()) {
            return known;
        }
        boolean numbers = seen.keySet().stream().allMatch(text -> text.matches("\\+?[0-9]{1,9}(\\.0*)?"));
        return numbers ? List.of() : seen.keySet().stream().sorted().toList();
    }

    private int[] numbered(int[] rows, Map<String, Integer> seen) {
        int[] numbers = new int[seen.size()];
        seen.forEach((text, index) -> {
            numbers[index] =
                    classes.isEmpty() ? (int) Double.parseDouble(text) : Collections.binarySearch(classes, text);
            if (numbers[index] < 0) {
                throw new DataException(
                        path + ": has the label " + CsvColumns.brief(text) + ", which the training table has not");
            }
        });
        return Arrays.stream(rows).map(row -> numbers[row]).toArray();
    }

    static boolean isMissing(String text) {
        return MISSING.contains(text.toLowerCase(Locale.ROOT));
    }

    /** Rows behind the names of the columns. */
    private CsvReader rows() {
        CsvReader in = new CsvReader(path, columns.delimiter());
        if (columns.header()) {
            in.next();
        }
        return in;
    }

    private void checkLength(CsvReader in, int row) {
        if (in.fields() != columns.names().size()) {
            throw new DataException(path + ": row " + (row + 1) + " (line " + in.line() + ") has " + in.fields()
                    + " fields, expected " + columns.names().size() + " as in the first");
        }
    }

    private DataException missing(CsvReader in, int row, int column, String text) {
        return new DataException(place(in, row, column)
                + (isMissing(text)
                        ? "a missing value: fill it, or leave out the row or the column"
                        : "'" + CsvColumns.brief(text)
                                + "' is no number: leave the column out, or name it in data.labels"));
    }

    private String place(CsvReader in, int row, int column) {
        return path + ": row " + (row + 1) + " (line " + in.line() + "), column " + columns.name(column) + ": ";
    }

    @Override
    public Contents contents() {
        return contents;
    }

    @Override
    public void read(Part part, int[] wanted, Sink sink) {
        Selection selection = new Selection(wanted, contents.training());
        double[] values = new double[columns.features()];
        try (CsvReader in = rows()) {
            for (int row = 0; row < contents.training(); row++) {
                if (!in.next()) {
                    throw new DataException(path + ": has changed while it was read");
                }
                checkLength(in, row);
                if (selection.wants(row)) {
                    fill(values, in, row);
                    sink.accept(selection.slot(row), values, labels.length == 0 ? -1 : labels[row]);
                }
            }
        }
    }

    private void fill(double[] values, CsvReader in, int row) {
        int feature = 0;
        for (int column = 0; column < in.fields(); column++) {
            if (column != columns.label()) {
                double value = in.number(column);
                if (Double.isNaN(value)) {
                    throw missing(in, row, column, in.text(column));
                }
                values[feature++] = value;
            }
        }
    }

    @Override
    public int[] labels(Part part) {
        return labels.clone();
    }
}
