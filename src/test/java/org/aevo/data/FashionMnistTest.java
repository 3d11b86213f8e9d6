package org.aevo.data;

import static org.aevo.data.DataErrors.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMnistTest {
    @TempDir
    private Path root;

    private Path set(String place) throws IOException {
        return TestFiles.mnist(Files.createDirectories(root.resolve(place)));
    }

    @Test
    void placesAreTriedInTurn() throws IOException {
        Path home = root.resolve("home");
        Map<String, String> environment = Map.of("HOME", home.toString());
        Path inHome = set("home/.cache/aevo/fashion-mnist");
        assertEquals(inHome, FashionMnist.find(Optional.empty(), environment, root));

        Map<String, String> withCache = Map.of("HOME", home.toString(), "XDG_CACHE_HOME", root.resolve("c") + "");
        Path inCache = set("c/aevo/fashion-mnist");
        assertEquals(inCache, FashionMnist.find(Optional.empty(), withCache, root));

        Path debian = set("usr/share/datasets/fashion-mnist");
        assertEquals(debian, FashionMnist.find(Optional.empty(), withCache, root));

        Path named = set("named");
        Map<String, String> withName = Map.of(FashionMnist.VARIABLE, named.toString());
        assertEquals(named, FashionMnist.find(Optional.empty(), withName, root));

        Path configured = root.resolve("configured");
        assertEquals(configured, FashionMnist.find(Optional.of(configured), withName, root));
    }

    @Test
    void aDirectoryWithoutTheImagesIsNoPlace() throws IOException {
        Files.createDirectories(root.resolve("usr/share/datasets/fashion-mnist"));
        Path inHome = set("home/.cache/aevo/fashion-mnist");
        assertEquals(
                inHome,
                FashionMnist.find(
                        Optional.empty(), Map.of("HOME", root.resolve("home").toString()), root));
    }

    @Test
    void nowhereIsOneLineWithThePlacesAndTheMends() {
        assertFails(
                () -> FashionMnist.find(Optional.empty(), Map.of("HOME", "/home/someone"), root),
                root.resolve("usr/share/datasets/fashion-mnist").toString(),
                "/home/someone/.cache/aevo/fashion-mnist",
                "AEVO_FASHION_MNIST",
                "bin/setup",
                "apt install dataset-fashion-mnist",
                "data.path");
        assertFails(() -> FashionMnist.find(Optional.empty(), Map.of(), root), "bin/setup");
    }

    @Test
    void aPlaceThatIsNamedButWrongIsAnError() {
        Path nowhere = root.resolve("nowhere");
        DataSettings configured =
                DataSettings.of(DataKind.FASHION_MNIST).path(nowhere).build();
        assertFails(() -> Datasets.source(configured, Map.of()), nowhere + ": no such directory");
        DataSettings open = DataSettings.of(DataKind.FASHION_MNIST).build();
        assertFails(
                () -> Datasets.source(open, Map.of(FashionMnist.VARIABLE, nowhere.toString())),
                nowhere + ": no such directory",
                FashionMnist.VARIABLE);
    }

    private static DataSource real() {
        try {
            return Datasets.source(DataSettings.of(DataKind.FASHION_MNIST).build());
        } catch (DataException e) {
            Assumptions.abort("THE REAL FASHION-MNIST IS NOT TESTED: " + e.getMessage());
            throw e;
        }
    }

    /** Known numbers: the first training label is 9 (ankle boot), the mean training pixel 0.2860. */
    @Test
    void theRealImagesAreThoseThatWerePublished() {
        DataSource source = real();
        assertEquals(60_000, source.contents().training());
        assertEquals(10_000, source.contents().test());
        double[] sum = {0};
        int[] perClass = new int[10];
        source.read(DataSource.Part.TRAINING, IntStream.range(0, 60_000).toArray(), (slot, values, label) -> {
            if (slot == 0) {
                assertEquals(9, label);
            }
            perClass[label]++;
            sum[0] += Arrays.stream(values).sum();
        });
        assertEquals(0.2860, sum[0] / 255 / 60_000 / 784, 5e-5);
        assertArrayEquals(IntStream.generate(() -> 6000).limit(10).toArray(), perClass);
    }

    @Test
    void aSmallPartOfTheRealImagesIsLoaded() {
        real();
        DataSettings settings = DataSettings.of(DataKind.FASHION_MNIST)
                .parts(2000, 500, 1000)
                .seed(42)
                .build();
        Summary summary = Datasets.inspect(settings);
        assertTrue(
                summary.description().startsWith("Fashion-MNIST, 2000 + 500 + 1000 of 70000 images 1x28x28 (/"),
                summary.description());
        Split split = Datasets.load(settings);
        assertEquals(
                "2000 samples of 1x28x28, 500 samples of 1x28x28, 1000 samples of 1x28x28",
                split.train() + ", " + split.validation() + ", " + split.test());
        double mean = 0;
        for (float value : split.train().values()) {
            assertFalse(value < 0 || value > 1);
            mean += value;
        }
        assertEquals(0.286, mean / split.train().values().length, 0.01);
    }
}
