package org.aevo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files of bytes by name: lines of {@code name hex}, a line of {@code #} is a comment. */
public final class HexLines {
    private HexLines() {}

    /** What a resource beside a class holds. */
    public static Map<String, byte[]> read(Class<?> beside, String resource) {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            assertNotNull(in, resource);
            Map<String, byte[]> lines = new TreeMap<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(l -> !l.startsWith("#"))
                    .toList()) {
                String[] parts = line.split(" ", -1);
                assertEquals(2, parts.length, line);
                assertEquals(null, lines.put(parts[0], HexFormat.of().parseHex(parts[1])), line);
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The records of a sealed interface. */
    public static List<Class<?>> records(Class<?> sealed) {
        List<Class<?>> found = new ArrayList<>();
        if (sealed.isSealed()) {
            for (Class<?> permitted : sealed.getPermittedSubclasses()) {
                records(permitted).stream().filter(r -> !found.contains(r)).forEach(found::add);
            }
        } else {
            found.add(sealed);
        }
        return found;
    }
}
