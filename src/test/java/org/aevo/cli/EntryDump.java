package org.aevo.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.genome.Genome;
import org.aevo.genome.GenomeText;
import org.aevo.record.JournalReader;

/**
 * The entries of a journal as JSON, one a line, each as it was recorded: an object of its {@code entry} type and its
 * components. A double is an object of its {@code bits} in hexadecimal, so that nothing is rounded; a genome is its text.
 */
final class EntryDump {
    private EntryDump() {}

    static void write(Path journal, Path json) throws IOException {
        try (JournalReader reader = JournalReader.open(journal);
                BufferedWriter out = Files.newBufferedWriter(json)) {
            for (Optional<JournalReader.Located> next = reader.next(); next.isPresent(); next = reader.next()) {
                out.write(json(next.get().entry()));
                out.newLine();
            }
        }
    }

    private static String json(Object value) {
        if (value instanceof Double d) {
            return "{\"bits\": \"%016x\"}".formatted(Double.doubleToRawLongBits(d));
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof Genome genome) {
            return quoted(GenomeText.print(genome));
        }
        if (value instanceof Record record) {
            return components(record);
        }
        List<String> parts = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(element -> parts.add(json(element)));
            return "[" + String.join(", ", parts) + "]";
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> parts.add(quoted(key.toString()) + ": " + json(element)));
            return "{" + String.join(", ", parts) + "}";
        }
        return quoted(value.toString());
    }

    private static String components(Record record) {
        List<String> parts = new ArrayList<>();
        parts.add("\"entry\": " + quoted(record.getClass().getSimpleName()));
        for (var component : record.getClass().getRecordComponents()) {
            try {
                var accessor = component.getAccessor();
                parts.add(quoted(component.getName()) + ": " + json(accessor.invoke(record)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(record + ": " + component.getName() + " cannot be read", e);
            }
        }
        return "{" + String.join(", ", parts) + "}";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            boolean plain = c >= ' ' && c < 127 && c != '"' && c != '\\';
            quoted.append(plain ? Character.toString(c) : "\\u%04x".formatted((int) c));
        }
        return quoted.append('"').toString();
    }
}
