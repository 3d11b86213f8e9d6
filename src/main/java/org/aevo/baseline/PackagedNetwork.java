package org.aevo.baseline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aevo.design.HandmadeNetwork;
import org.aevo.design.NetworkFile;

/** Network files of this installation, {@code inputs/networks/*.yaml}, and the copies in the jar where there are none. */
final class PackagedNetwork {
    private PackagedNetwork() {}

    /**
     * The network of a file.
     *
     * @param name without its ending
     * @throws org.aevo.yaml.YamlException if the file was made something else
     */
    static HandmadeNetwork of(String name) {
        String file = name + ".yaml";
        Path installed = Path.of(System.getProperty("aevo.home", ""), "inputs", "networks", file);
        if (System.getProperty("aevo.home") != null && Files.exists(installed)) {
            return NetworkFile.read(installed).network();
        }
        try (InputStream copy = PackagedNetwork.class.getResourceAsStream("/org/aevo/networks/" + file)) {
            return NetworkFile.parse(new String(copy.readAllBytes(), StandardCharsets.UTF_8), file)
                    .network();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
