package org.aevo.report;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is said, from the first line to the last.
 *
 * @param lead the first sentence, under the title
 * @param createdBy program and version
 */
public record Report(String title, String lead, String createdBy, List<Section> sections) {
    public Report {
        sections = List.copyOf(sections);
        Set<String> names = new HashSet<>();
        for (Section section : sections) {
            unique(names, "section " + section.id());
            for (Section.Block block : section.blocks()) {
                if (block instanceof Figure figure) {
                    unique(names, "figure " + figure.name());
                } else if (block instanceof DataTable table) {
                    unique(names, "table " + table.name());
                }
            }
        }
    }

    private static void unique(Set<String> names, String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("there are two of " + name + " in the report");
        }
    }

    /** All figures, in order. */
    public List<Figure> figures() {
        return blocks(Figure.class);
    }

    /** All tables, in order. */
    public List<DataTable> tables() {
        return blocks(DataTable.class);
    }

    private <B> List<B> blocks(Class<B> kind) {
        return sections.stream()
                .flatMap(section -> section.blocks().stream())
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
