package org.aevo.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Properties;
import org.aevo.record.Program;

/** Which aevo this is: filled in by the build. */
final class Build {
    private Build() {}

    /** This program, as the journal records it. */
    static Program program() {
        return new Program("aevo " + version(), commit(), System.getProperty("java.version"));
    }

    static String version() {
        return property("version");
    }

    /** Commit of the sources, empty if they were not built in a git checkout. */
    static String commit() {
        return property("commit");
    }

    /** Names of the libraries whose versions are recorded. */
    static List<String> libraries() {
        return List.of(
                "mpj-express",
                "deeplearning4j",
                "pytorch",
                "javacpp",
                "openblas",
                "jhdf",
                "picocli",
                "snakeyaml-engine");
    }

    static String libraryVersion(String library) {
        return property("library." + library);
    }

    private static String property(String name) {
        try (InputStream in = Build.class.getResourceAsStream("/org/aevo/build.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            String value = properties.getProperty(name, "");
            return value.startsWith("${") ? "" : value;
        } catch (IOException e) {
            throw new IllegalStateException("build.properties cannot be read from the jar", e);
        }
    }
}
