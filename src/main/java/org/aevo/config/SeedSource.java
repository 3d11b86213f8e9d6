package org.aevo.config;

import java.nio.file.Path;
import java.util.ArrayList;
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
        return read(
                evolution,
                "seeds",
                KEY,
                "the first candidates of the search, as far as the space can hold them; the effective input has their texts");
    }

    /** Reads a key of any section, whose path is given. */
    static List<SeedSource> read(Section section, String key, String path, String meaning) {
        return section.list(
                key,
                "a list of network files (docs/networks.md), of {run: DIR, best: N} for the best N candidates of a run, and of"
                        + " the texts of genomes or networks",
                meaning,
                node -> of(node, path));
    }

    /** Number of networks that sources name. */
    static int count(List<SeedSource> sources) {
        long count = 0;
        for (SeedSource source : sources) {
            count += source instanceof Best best ? best.number() : 1;
        }
        return (int) Math.min(Integer.MAX_VALUE, count);
    }

    /**
     * The designs of sources that are all written out.
     *
     * @param path of the key that they stand at
     * @throws InputException if one is a file or a run
     */
    static List<Design> designs(String path, List<SeedSource> sources) {
        List<Design> designs = new ArrayList<>();
        for (SeedSource source : sources) {
            if (!(source instanceof Text text)) {
                throw new InputException(path + " names " + source + ", which was not written out");
            }
            designs.add(text.design());
        }
        return designs;
    }

    private static SeedSource of(Node node, String path) {
        if (node instanceof MappingNode mapping) {
            return best(mapping, path);
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
            throw new InputException(YamlTree.place(node) + ": " + path + ": " + e.getMessage(), e);
        }
    }

    private static SeedSource best(MappingNode mapping, String path) {
        try {
            Fields fields = new Fields(mapping, path);
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
