package org.aevo.report;

import java.util.List;

/**
 * A part of a report under one heading.
 *
 * @param id unique in the report, of small letters, digits and hyphens: the anchor of the page
 */
public record Section(String id, String title, List<Block> blocks) {
    public Section {
        if (!id.matches("[a-z0-9][a-z0-9-]*")) {
            throw new IllegalArgumentException("id of a section must be small letters, digits, hyphens, was " + id);
        }
        blocks = List.copyOf(blocks);
    }

    /** What a section is made of, in order. */
    public sealed interface Block permits Text, Warning, Figure, DataTable {}

    /** A paragraph. */
    public record Text(String text) implements Block {}

    /** A paragraph that nobody may overlook: invented numbers, a run that is not complete. */
    public record Warning(String text) implements Block {}
}
