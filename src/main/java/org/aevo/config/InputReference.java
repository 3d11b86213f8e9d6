package org.aevo.config;

/** The reference of all input keys, from the calls that read them. */
public final class InputReference {
    private InputReference() {}

    /** The text of {@code docs/input.md}. */
    public static String markdown() {
        StringBuilder text = new StringBuilder(
                """
                # The input file

                YAML, UTF-8. A key that is not given has its default; an unknown one is an error. `aevo run --dry-run INPUT`
                prints every key with its value, and a run keeps that as `input.yaml`. On the command line any key can be set by
                its dotted path: `--set training.epochs=3`. Relative paths are relative to the working directory. Anchors (`&name`), aliases
                (`*name`) and merge keys (`<<: *name`) mean what YAML says; the effective input has them written out.

                *This page is written by `make docs` from the code that reads the keys.*
                """);
        boolean open = false;
        EffectiveInput all = RunConfig.parse("name: run\nbudget: {evaluations: 1000}\n", "input.yaml")
                .effective();
        for (EffectiveInput.Item item : all.items()) {
            if (item.isSection() || !open) {
                text.append("\n## ")
                        .append(item.isSection() ? "`" + item.path() + "`" : "Top level")
                        .append("\n\n");
                if (item.isSection()) {
                    text.append(item.meaning()).append("\n\n");
                }
                text.append("| key | default | value | meaning |\n| --- | --- | --- | --- |\n");
                open = true;
            }
            if (!item.isSection()) {
                String key = item.path().substring(item.path().indexOf('.') + 1);
                String standard = item.path().equals("name") ? "the input file's name" : "`" + item.standard() + "`";
                text.append("| `").append(key).append("` | ").append(standard).append(" | ");
                text.append(item.expected())
                        .append(" | ")
                        .append(item.meaning())
                        .append(" |\n");
            }
        }
        return text.toString();
    }
}
