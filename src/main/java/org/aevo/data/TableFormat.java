package org.aevo.data;

import java.util.Locale;

/**
 * How a table of text is to be read.
 *
 * @param delimiter between the fields of a row
 * @param header whether the first row names the columns
 */
public record TableFormat(Delimiter delimiter, Header header) {
    /** Both told by the first rows. */
    public static final TableFormat AUTO = new TableFormat(Delimiter.AUTO, Header.AUTO);

    /** Between fields. */
    public enum Delimiter {
        AUTO('\0'),
        COMMA(','),
        SEMICOLON(';'),
        TAB('\t'),
        SPACE(' ');

        private final char character;

        Delimiter(char character) {
            this.character = character;
        }

        char character() {
            return character;
        }

        /** As it stands in an input file. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether columns are named. */
    public enum Header {
        /** If a field of the first row is no number, where the one below it is. */
        AUTO,
        PRESENT,
        ABSENT
    }
}
