package org.aevo.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MarkupTest {
    @Test
    void nothingOfATextIsMarkup() {
        assertEquals("&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;", Markup.escape("<b a=\"1\" c='2'>&amp;"));
    }

    @Test
    void whatNoDocumentMayHoldIsReplaced() {
        assertEquals("a\uFFFDb\tc\uFFFDd\uFFFD", Markup.escape("a\u0001b\tc\uD83Ed\uFFFE"));
        assertEquals("\uD83E\uDD16 größe שלום", Markup.escape("\uD83E\uDD16 größe שלום"));
        assertEquals("\uFFFDtxt.exe\uFFFD", Markup.escape("\u202Etxt.exe\u2066"), "no text turns others around");
    }
}
