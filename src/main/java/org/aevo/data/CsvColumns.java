package org.aevo.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aevo.data.TableFormat.Delimiter;
import org.aevo.data.TableFormat.Header;

/**
 * What the columns of a table of text are, as its first two rows and the settings say.
 *
 * @param names of all columns; numbers from 1 where they have none
 * @param header whether the first row holds the names
 * @param label index of the column of labels; -1 if there is none
 */
record CsvColumns(char delimiter, List<String> names, boolean header, int label) {
    private static final int LOOK = 1 << 16;
    private static final int MAX_NAMES = 10;
    private static final int LONGEST = 40;

    /**
     * @param label name or number, from 1, of the column of labels
     * @throws DataException if there is no such column, or the table is empty
     */
    static CsvColumns of(Path path, TableFormat format, Optional<String> label) {
        char delimiter = format.delimiter() == Delimiter.AUTO
                ? delimiter(path)
                : format.delimiter().character();
        try (CsvReader rows = new CsvReader(path, delimiter)) {
            List<List<String>> first = new ArrayList<>();
            List<boolean[]> numeric = new ArrayList<>();
            while (first.size() < 2 && rows.next()) {
                first.add(IntStream.range(0, rows.fields()).mapToObj(rows::text).toList());
                boolean[] numbers = new boolean[rows.fields()];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = !Double.isNaN(rows.number(i));
                }
                numeric.add(numbers);
            }
            if (first.isEmpty()) {
                throw new DataException(path + ": holds no rows");
            }
            boolean header = format.header() == Header.PRESENT
                    || format.header() == Header.AUTO && looksLikeNames(first, numeric, label);
            List<String> names = header
                    ? first.get(0)
                    : IntStream.rangeClosed(1, first.get(0).size())
                            .mapToObj(Integer::toString)
                            .toList();
            return new CsvColumns(
                    delimiter,
                    names,
                    header,
                    label.map(l -> index(path, names, l)).orElse(-1));
        }
    }

    private static boolean looksLikeNames(List<List<String>> rows, List<boolean[]> numeric, Optional<String> label) {
        if (label.isPresent()
                && rows.get(0).contains(label.get())
                && !label.get().matches("[0-9]+")) {
            return true;
        }
        for (int i = 0; i < numeric.get(0).length; i++) {
            boolean below = rows.size() < 2 || i < numeric.get(1).length && numeric.get(1)[i];
            if (!numeric.get(0)[i] && !CsvSource.isMissing(rows.get(0).get(i)) && below) {
                return true;
            }
        }
        return false;
    }

    private static int index(Path path, List<String> names, String label) {
        int named = names.indexOf(label);
        if (named >= 0) {
            return named;
        }
        if (label.matches("[0-9]{1,6}")) {
            int number = Integer.parseInt(label);
            if (number >= 1 && number <= names.size()) {
                return number - 1;
            }
        }
        throw new DataException(path + ": has no column " + brief(label) + " (data.labels); its " + names.size()
                + " columns are "
                + names.stream().limit(MAX_NAMES).map(CsvColumns::brief).collect(Collectors.joining(", "))
                + (names.size() > MAX_NAMES ? ", ..." : ""));
    }

    /** The character that is between fields most often in the first lines, as often in each. */
    private static char delimiter(Path path) {
        String start;
        try (InputStream in = CsvReader.open(path)) {
            start = new String(in.readNBytes(LOOK), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new DataException(path + ": cannot be read: " + e.getMessage(), e);
        }
        List<String> lines = Arrays.stream(start.split("\r?\n"))
                .filter(line -> !line.isBlank())
                .limit(5)
                .toList();
        char best = ',';
        long most = 0;
        for (Delimiter candidate : List.of(Delimiter.COMMA, Delimiter.SEMICOLON, Delimiter.TAB, Delimiter.SPACE)) {
            long least = lines.stream()
                    .mapToLong(line -> line.strip()
                            .chars()
                            .filter(c -> c == candidate.character())
                            .count())
                    .min()
                    .orElse(0);
            // a space between words, or after a comma, is none
            if (least > most && (candidate != Delimiter.SPACE || most == 0)) {
                most = least;
                best = candidate.character();
            }
        }
        return best;
    }

    /** A name or value as a message may quote it. */
    static String brief(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }

    /** A column as a message may name it. */
    String name(int column) {
        return brief(names.get(column)) + (header ? " (" + (column + 1) + ")" : "");
    }

    /** Of those that are values; empty where no row names them. */
    List<String> featureNames() {
        return header
                ? IntStream.range(0, names.size())
                        .filter(i -> i != label)
                        .mapToObj(names::get)
                        .toList()
                : List.of();
    }

    /** Those that are values. */
    int features() {
        return names.size() - (label < 0 ? 0 : 1);
    }
}
