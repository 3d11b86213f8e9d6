package org.aevo.design;

import org.aevo.network.Blueprint;
import org.aevo.network.Node;
import org.aevo.network.Shape;

/** Networks as Graphviz draws them: a box for each layer, what a sum adds by dashed lines, the code with a double edge. */
public final class DotText {
    private DotText() {}

    /**
     * A graph in Graphviz's language.
     *
     * @param title of the picture
     */
    public static String of(String title, Blueprint network) {
        StringBuilder text = new StringBuilder("digraph network {\n")
                .append("  graph [rankdir=TB, labelloc=t, label=")
                .append(quoted(title))
                .append("];\n")
                .append("  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n");
        box(text, Blueprint.INPUT, Blueprint.INPUT, network.input(), ", shape=ellipse");
        String latent = network.outputs().getOrDefault(Blueprint.LATENT, "");
        for (Node node : network.nodes()) {
            Form form = Drafts.form(node.layer());
            String what = form instanceof Form.Add ? "+" : NetworkText.parameters(form);
            box(
                    text,
                    node.name(),
                    node.name() + "\n"
                            + what.substring(what.startsWith("{") ? 1 : 0).replace("}", ""),
                    node.layer().output(),
                    node.name().equals(latent) ? ", peripheries=2" : form instanceof Form.Add ? ", shape=circle" : "");
        }
        for (Node node : network.nodes()) {
            for (int i = 0; i < node.inputs().size(); i++) {
                text.append("  ")
                        .append(quoted(node.inputs().get(i)))
                        .append(" -> ")
                        .append(quoted(node.name()))
                        .append(i == 0 ? ";\n" : " [style=dashed];\n");
            }
        }
        return text.append("}\n").toString();
    }

    private static void box(StringBuilder text, String name, String label, Shape shape, String more) {
        text.append("  ")
                .append(quoted(name))
                .append(" [label=")
                .append(quoted(label + "\n" + shape))
                .append(more)
                .append("];\n");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
