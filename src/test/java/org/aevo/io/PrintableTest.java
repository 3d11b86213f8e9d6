package org.aevo.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

/** Which characters of a text are shown. */
class PrintableTest {
    @Test
    void whatCommandsATerminalIsReplaced() {
        assertEquals("?]0;owned??[2J", Printable.text("\u001b]0;owned\u0007\u001b[2J"));
        assertEquals("a?b?c?d", Printable.text("a\u009bb\u0085c\u007fd"));
        assertEquals("?txt.exe? ?x?", Printable.text("\u202Etxt.exe\u2066 \uD83Ex\uDD16"));
        assertEquals("one\n\ttwo\r\n?", Printable.text("one\n\ttwo\r\n\r"));
        assertEquals("one??two", Printable.line("one\n\ttwo"));
    }

    @Test
    void allElseStays() {
        String plain = "-x | 100 % ~";
        assertSame(plain, Printable.line(plain));
        String text = "größe \uD83E\uDD16 שלום \u00a0 \u200f";
        assertEquals(text, Printable.line(text));
    }
}
