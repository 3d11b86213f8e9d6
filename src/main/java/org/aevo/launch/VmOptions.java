package org.aevo.launch;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The options of this virtual machine, for another one that it starts. Among them are those that the environment gave it: a
 * child has them on its command line, where later ones win, and no longer from the environment, whose last word would be
 * the site's ({@code _JAVA_OPTIONS=-Xmx512m}).
 */
public final class VmOptions {
    /** What a virtual machine takes options from, beside its command line. */
    private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS");

    /** Of the terminal that this process writes to. */
    private static final Pattern OF_TERMINAL =
            Pattern.compile("-D(aevo\\.terminal|aevo\\.columns|(sun\\.)?std(out|err)\\.encoding).*");

    /** What opens a port or a file of a fixed name: there is one on a host. */
    private static final Pattern WATCHER = Pattern.compile(
            "(-javaagent:|-agentlib:|-agentpath:|-Xrun|-Xdebug|-Dcom\\.sun\\.management|-XX:StartFlightRecording).*");

    private VmOptions() {}

    /** Those of this process, as a child of it may have them. */
    public static List<String> inherited() {
        return inherited(ManagementFactory.getRuntimeMXBean().getInputArguments(), System.getenv());
    }

    static List<String> inherited(List<String> own, Map<String, String> environment) {
        List<String> ofSite = VARIABLES.stream()
                .map(environment::get)
                .filter(Objects::nonNull)
                .toList();
        Predicate<String> isOfSite = option -> ofSite.stream().anyMatch(text -> text.contains(option));
        return own.stream()
                .filter(option -> !OF_TERMINAL.matcher(option).matches())
                .filter(option -> !(WATCHER.matcher(option).matches() && isOfSite.test(option)))
                .toList();
    }

    /** The program, and options as {@link #inherited}. */
    public static Stream<String> command() {
        return Stream.concat(Stream.of(ProcessHandle.current().info().command().orElse("java")), inherited().stream());
    }

    /** Has a process that is to be started take its options from its command line alone. */
    public static ProcessBuilder fromCommandLine(ProcessBuilder builder) {
        builder.environment().keySet().removeAll(VARIABLES);
        return builder;
    }
}
