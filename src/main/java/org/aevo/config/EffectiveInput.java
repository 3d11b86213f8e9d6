package org.aevo.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was read, key by key: written out in full it is the effective input, and its meanings are the reference. */
public final class EffectiveInput {

    /**
     * One key.
     *
     * @param path keys joined by dots
     * @param value as YAML; empty for the head of a section
     */
    public record Item(String path, String value, String standard, String expected, String meaning) {
        boolean isSection() {
            return value.isEmpty();
        }
    }

    private final String label;
    private final List<Item> items = new ArrayList<>();

    EffectiveInput(String label) {
        this.label = label;
    }

    /** Where the input came from. */
    String label() {
        return label;
    }

    void section(String path, String meaning) {
        items.add(new Item(path, "", "", "", meaning));
    }

    void value(String path, String value, String standard, String expected, String meaning) {
        items.add(new Item(path, value, standard, expected, meaning));
    }

    public List<Item> items() {
        return List.copyOf(items);
    }

    /**
     * The value of a key, as YAML.
     *
     * @throws IllegalArgumentException if there is no such key
     */
    String value(String path) {
        return items.stream()
                .filter(item -> item.path().equals(path))
                .map(Item::value)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no key " + path));
    }

    /**
     * The keys whose values differ, each with both values.
     *
     * @param free keys, and sections whose keys, may differ
     */
    public List<String> changesTo(EffectiveInput other, String... free) {
        Map<String, String> here = values();
        List<String> differing = Arrays.asList(free);
        List<String> changes = new ArrayList<>();
        other.values().forEach((path, value) -> {
            String section = path.substring(0, Math.max(0, path.indexOf('.')));
            if (!differing.contains(section) && !differing.contains(path) && !value.equals(here.get(path))) {
                changes.add(path + " was " + here.get(path) + ", is " + value);
            }
        });
        return changes;
    }

    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        items.forEach(item -> values.put(item.path(), item.value()));
        return values;
    }

    /** An input file with every key; read again it gives the same run. */
    public String yaml() {
        return yaml(items);
    }

    /** The same without a section, so that its keys have their defaults again, which may depend on others that are set. */
    public String yamlWithout(String section) {
        return yaml(items.stream()
                .filter(item -> !item.path().equals(section) && !item.path().startsWith(section + "."))
                .toList());
    }

    private static String yaml(List<Item> items) {
        StringBuilder text = new StringBuilder();
        for (Item item : items) {
            int depth = (int) item.path().chars().filter(c -> c == '.').count();
            String key = item.path().substring(item.path().lastIndexOf('.') + 1);
            if (item.isSection() && depth == 0) {
                text.append('\n');
            }
            text.append("  ".repeat(depth)).append(key).append(':');
            if (!item.isSection()) {
                text.append(' ').append(item.value());
            }
            text.append('\n');
        }
        return text.toString();
    }
}
