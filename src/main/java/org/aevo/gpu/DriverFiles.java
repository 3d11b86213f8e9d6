package org.aevo.gpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the driver's kernel module shows under {@code /proc}: names, and no compute capabilities. */
final class DriverFiles {
    private static final Pattern VERSION =
            Pattern.compile("NVRM version:.*?\\b(\\d{3,4}\\.\\d{1,4}(?:\\.\\d{1,4})?)\\b");

    private DriverFiles() {}

    static NvidiaHost read(Path folder) {
        Optional<String> driver = text(folder.resolve("version")).flatMap(t -> {
            Matcher m = VERSION.matcher(t);
            return m.find() ? Optional.of(m.group(1)) : Optional.empty();
        });
        List<Gpu> gpus = new ArrayList<>();
        for (Path gpu : sorted(folder.resolve("gpus"))) { // by their address on the bus
            Optional<String> information = text(gpu.resolve("information"));
            Optional<String> name = information.flatMap(t -> value(t, "Model"));
            if (name.isPresent()) {
                String uuid = information.flatMap(t -> value(t, "GPU UUID")).orElse("");
                gpus.add(new Gpu(gpus.size(), uuid, name.get(), Optional.empty(), OptionalLong.empty()));
            }
        }
        return new NvidiaHost(
                driver,
                driver.flatMap(CudaVersion::ofDriver),
                gpus,
                gpus.isEmpty()
                        ? Optional.empty()
                        : Optional.of("without nvidia-smi their compute capability is not known"));
    }

    private static List<Path> sorted(Path folder) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(entries::add);
        } catch (IOException e) {
            return List.of();
        }
        entries.sort(null);
        return entries;
    }

    private static Optional<String> value(String information, String key) {
        return information
                .lines()
                .filter(line -> line.startsWith(key + ":"))
                .map(line -> NvidiaSmi.printable(line.substring(key.length() + 1)))
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
