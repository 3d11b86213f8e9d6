package org.aevo.data;

import static org.aevo.data.DataErrors.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.aevo.data.TableFormat.Delimiter;
import org.aevo.data.TableFormat.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSourceTest {
    @TempDir
    private Path directory;

    private CsvSource source(String text, String label) {
        Path file = TestFiles.write(directory.resolve("table.csv"), text.getBytes(StandardCharsets.UTF_8));
        return new CsvSource(file, TableFormat.AUTO, Optional.ofNullable(label), List.of(), false);
    }

    private static double[][] all(DataSource source) {
        int count = source.contents().training();
        double[][] rows = new double[count][];
        source.read(
                DataSource.Part.TRAINING,
                IntStream.range(0, count).toArray(),
                (slot, values, label) -> rows[slot] = values.clone());
        return rows;
    }

    @Test
    void namesDelimitersAndQuotesAreFound() {
        for (String text : List.of(
                "a,b,kind\n1,2.5,cat\n-3,4e2,dog\n",
                "a;b;kind\r\n1;2.5;cat\r\n-3;4e2;dog",
                "\uFEFF\"a\"\t\"b\"\t\"kind\"\n\"1\"\t2.5\tcat\n\n-3\t\"4e2\"\tdog\n",
                "a  b kind\n 1 2.5   cat\n-3 4e2 dog \n")) {
            CsvSource source = source(text, "kind");
            assertArrayEquals(new double[][] {{1, 2.5}, {-3, 400}}, all(source), text);
            assertArrayEquals(new int[] {0, 1}, source.labels(DataSource.Part.TRAINING), text);
            assertEquals(List.of("cat", "dog"), source.classNames(), text);
        }
    }

    @Test
    void aTableWithoutNamesHasNumbers() {
        CsvSource source = source("7,1,2\n3,3,4\n", "1");
        assertArrayEquals(new double[][] {{1, 2}, {3, 4}}, all(source));
        assertArrayEquals(new int[] {7, 3}, source.labels(DataSource.Part.TRAINING));
        assertArrayEquals(new double[][] {{7, 1, 2}, {3, 3, 4}}, all(source("7,1,2\n3,3,4\n", null)));
        assertArrayEquals(new double[][] {{1}, {2}}, all(source("1,x\n2,y\n", "2")));
    }

    @Test
    void aQuotedFieldHoldsAnything() {
        CsvSource source = source("x,\"the, \"\"label\"\"\"\n1,\"a\nb\"\n2,\"c,d\"\n", "the, \"label\"");
        assertEquals(List.of("a\nb", "c,d"), source.classNames());
        assertArrayEquals(new double[][] {{1}, {2}}, all(source));
    }

    /** As Java's own parser reads them, which rounds rightly. */
    @Test
    void numbersOfAllLengthsAreExact() {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder();
        double[] expected = new double[4000];
        for (int i = 0; i < expected.length; i++) {
            String number =
                    switch (random.nextInt(5)) {
                        case 0 -> Double.toString(Double.longBitsToDouble(random.nextLong() >>> 2));
                        case 1 -> Long.toString(random.nextLong());
                        case 2 -> String.format(Locale.ROOT, "%.8f", random.nextGaussian());
                        case 3 -> random.nextInt(1000) + "." + Math.abs(random.nextLong());
                        default -> "+" + random.nextInt(10) + ".";
                    };
            expected[i] = Double.parseDouble(number);
            text.append(number).append('\n');
        }
        double[][] read = all(source(text.toString(), null));
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], read[i][0]);
        }
    }

    @Test
    void whatIsMissingOrNoNumberIsNamedByRowAndColumn() {
        for (String missing : new String[] {"", "NA", "nan", "?"}) {
            assertFails(
                    () -> all(source("a,b\n1,2\n3," + missing + "\n", null)),
                    "row 2 (line 3), column b (2): a missing value");
        }
        assertFails(() -> all(source("a,b\n1,2\n3,2024-01-01\n", null)), "column b (2): '2024-01-01' is no number");
        assertFails(() -> all(source("a;b\n1;2\n3;4,5\n", null)), "'4,5' is no number");
        assertFails(() -> all(source("1,0x10\n2,1d\n", null)), "no number");
        assertFails(() -> source("a,b\n1,2\n3\n", null), "row 2 (line 3) has 1 fields, expected 2");
        assertFails(() -> source("a,b\n1,\n", "b"), "column b (2): a missing value");
        assertFails(() -> source("a,b\n1,2\n", "c"), "has no column c (data.labels); its 2 columns are a, b");
        assertFails(() -> source("a,b\n", null), "holds no rows below the names");
        assertFails(() -> source("a,\"b\n1,2\n", null), "a quote that does not end");
    }

    @Test
    void partsOfOnesOwnShareTheirClasses() {
        Path train = TestFiles.write(
                directory.resolve("train.csv"), "x,k\n1,b\n2,a\n3,b\n4,a\n".getBytes(StandardCharsets.UTF_8));
        TestFiles.write(directory.resolve("test.csv"), "x,k\n9,b\n8,b\n".getBytes(StandardCharsets.UTF_8));
        TestFiles.write(directory.resolve("other.csv"), "x,k\n9,c\n".getBytes(StandardCharsets.UTF_8));
        DataSettings.Builder settings =
                DataSettings.of(DataKind.CSV).path(train).labels("k").scaling(Scaling.GLOBAL);
        Split split =
                Datasets.load(settings.testFrom(Optional.of(place("test.csv"))).build());
        assertEquals(2, split.test().count());
        assertArrayEquals(new int[] {1, 1}, split.test().labels().orElseThrow());
        assertEquals(3, split.train().count());
        assertFails(
                () -> Datasets.load(
                        settings.testFrom(Optional.of(place("other.csv"))).build()),
                "has the label c, which the training table has not");
    }

    private DataSettings.Place place(String name) {
        return new DataSettings.Place(Optional.of(directory.resolve(name)), Optional.empty(), Optional.empty());
    }

    @Test
    void theSettingsWin() {
        Path file = TestFiles.write(directory.resolve("t"), "1;2\n3;4\n".getBytes(StandardCharsets.UTF_8));
        TableFormat named = new TableFormat(Delimiter.SEMICOLON, Header.PRESENT);
        assertArrayEquals(new double[][] {{3, 4}}, all(new CsvSource(file, named, Optional.empty(), List.of(), false)));
        TableFormat comma = new TableFormat(Delimiter.COMMA, Header.ABSENT);
        assertFails(() -> all(new CsvSource(file, comma, Optional.empty(), List.of(), false)), "'1;2' is no number");
    }
}
