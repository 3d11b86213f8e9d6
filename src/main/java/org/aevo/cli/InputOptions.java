package org.aevo.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aevo.config.RunConfig.Option;
import picocli.CommandLine;

/** What commands that start runs let change in their input. */
final class InputOptions {
    @CommandLine.Option(
            names = "--strategy",
            paramLabel = "genetic|aging|local|nsga2|pairwise|random|list|ensemble",
            description = "What proposes candidates. Default: strategy of the input.")
    private String strategy;

    @CommandLine.Option(
            names = "--engine",
            paramLabel = "dl4j|torch",
            description = "The library that trains. Default: training.engine of the input.")
    private String engine;

    @CommandLine.Option(
            names = "--set",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            paramLabel = "KEY=VALUE",
            description = "Any input key, by its dotted path: --set training.epochs=3. Repeatable.")
    private List<String> settings = new ArrayList<>();

    /** Those of {@code --set}: key=value. */
    List<String> settings() {
        return settings;
    }

    /** The others that were given, by the key that they stand for; to be added to. */
    Map<String, Option> named() {
        Map<String, Option> named = new LinkedHashMap<>();
        put(named, "strategy", "--strategy", strategy);
        put(named, "training.engine", "--engine", engine);
        return named;
    }

    /** @param value null if the option was not given */
    static void put(Map<String, Option> named, String key, String name, String value) {
        if (value != null) {
            named.put(key, new Option(name, value));
        }
    }
}
