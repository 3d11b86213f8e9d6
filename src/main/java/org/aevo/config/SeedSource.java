package org.aevo.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.aevo.design.Designs;
import org.aevo.network.Design;
import org.aevo.yaml.Fields;
import org.aevo.yaml.Values;
import org.aevo.yaml.YamlException;
import org.aevo.yaml.YamlTree;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Where seeds of a search come from. Its {@link #toString} is YAML that reads back as the same. */
public sealed interface SeedSource {
    /** Where the input file names them. */
    String KEY = "evolution.seeds";

    /** A network file, absolute. */
    record File(Path path) implements SeedSource {
        @Override
        public String toString() {
            return Values.quoted(path.toString());
        }
    }

    /** The best so many candidates of a run, in its directory, absolute. */
    record Best(Path run, int number) implements SeedSource {
        @Override
        public String toString() {
            return "{run: " + Values.quoted(run.toString()) + ", best: " + number + "}";
        }
    }

    /** A design itself, as its text. */
    record Text(Design design) implements SeedSource {
        @Override
        public String toString() {
            return Values.quoted(design.toString());
        }
    }

    /** Reads the key of the section {@code evolution}. */
    static List<SeedSource> read(Section evolution) {
        return evolution.list(
                "seeds",
                "a list of network files (docs/networks.md), of {run: DIR, best: N} for the best N candidates of a run, and of"
                        + " the texts of genomes or networks",
                "the first candidates of the search, as far as the space can hold them; the effective input has their texts",
                SeedSource::of);
    }

    private static SeedSource of(Node node) {
        if (node instanceof MappingNode mapping) {
            return best(mapping);
        }
        String text = node instanceof ScalarNode s ? s.getValue() : "";
        if (text.isBlank()) {
            return null;
        }
        if (!Designs.isText(text)) {
            return new File(Path.of(text).toAbsolutePath().normalize());
        }
        try {
            return new Text(Designs.parse(text));
        } catch (IllegalArgumentException e) {
            throw new InputException(YamlTree.place(node) + ": " + KEY + ": " + e.getMessage(), e);
        }
    }

    private static SeedSource best(MappingNode mapping) {
        try {
            Fields fields = new Fields(mapping, KEY);
            Path run = fields.required(
                    "run",
                    fields.value("run", "the directory of a run", n -> Optional.ofNullable(Values.line(n))
                            .map(text -> Path.of(text).toAbsolutePath().normalize())
                            .orElse(null)),
                    "the directory of a run");
            int number = fields.integer("best", 1, 1_000_000).orElse(1);
            fields.end();
            return new Best(run, number);
        } catch (YamlException e) {
            throw new InputException(e.getMessage(), e);
        }
    }
}
