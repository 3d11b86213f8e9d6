package org.aevo.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.Shape;
import org.aevo.record.Outside;
import org.junit.jupiter.api.Test;

class DotTextTest {
    private static final Blueprint NETWORK = NetworkFile.parse(
                    """
                    layers:
                      - {kind: conv, name: node, filters: 4}
                      - {kind: conv, name: edge, filters: 3}
                      - {kind: conv, name: graph, filters: 4}
                      - {kind: add, name: sum, inputs: [graph, node]}
                      - {kind: dense, name: latent, units: 2}
                      - {kind: dense, like: input}
                      - {kind: reshape, like: input}
                    """,
                    "net.yaml")
            .network()
            .unfold(new Shape(1, 4, 4), Activation.SIGMOID);

    private static final String TITLE = "of \"a\\b\" and more";

    @Test
    void sumsAreVisible() {
        String text = DotText.of(TITLE, NETWORK);
        assertTrue(text.contains("\"graph\" -> \"sum\";\n  \"node\" -> \"sum\" [style=dashed];\n"), text);
        assertTrue(
                text.contains(
                        "\"latent\" [label=\"latent\\nkind: dense, units: 2, activation: identity\\n2\", peripheries=2];"),
                text);
    }

    /** Graphviz reads it as it is meant: names that are words of its language, quotes and backslashes too. */
    @Test
    void graphvizReadsIt() throws Exception {
        String plain = Outside.graphviz(DotText.of(TITLE, NETWORK), "-Tplain");
        assertEquals(8, plain.lines().filter(line -> line.startsWith("node ")).count(), plain);
        assertEquals(8, plain.lines().filter(line -> line.startsWith("edge ")).count(), plain);
        assertTrue(Outside.graphviz(DotText.of(TITLE, NETWORK), "-Tsvg").contains("of &quot;a\\b&quot; and more"));
    }
}
