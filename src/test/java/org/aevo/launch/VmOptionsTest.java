package org.aevo.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VmOptionsTest {
    @Test
    void aChildHasWhatItsParentHasButForTheTerminal() {
        List<String> own = List.of(
                "-Xmx100m",
                "-Daevo.terminal=true",
                "-Daevo.columns=80",
                "-Dsun.stdout.encoding=ISO-8859-1",
                "-Dstderr.encoding=ISO-8859-1",
                "-XX:+UseSerialGC");
        assertEquals(List.of("-Xmx100m", "-XX:+UseSerialGC"), VmOptions.inherited(own, Map.of()));
    }

    /** Two processes cannot both listen on its port; but who asks aevo itself for an agent gets it everywhere. */
    @Test
    void anAgentOfTheSiteWatchesTheParentAlone() {
        Map<String, String> site = Map.of(
                "JAVA_TOOL_OPTIONS", "-javaagent:/opt/exporter.jar=9404:x -Da=1",
                "JDK_JAVA_OPTIONS", "-Dcom.sun.management.jmxremote.port=9010");
        List<String> own = List.of(
                "-javaagent:/opt/exporter.jar=9404:x",
                "-Da=1",
                "-Dcom.sun.management.jmxremote.port=9010",
                "-agentpath:/opt/profiler.so");
        assertEquals(List.of("-Da=1", "-agentpath:/opt/profiler.so"), VmOptions.inherited(own, site));
    }

    @Test
    void noOptionsComeFromTheEnvironmentOfAChild() {
        ProcessBuilder builder = new ProcessBuilder("java");
        builder.environment()
                .putAll(Map.of("JAVA_TOOL_OPTIONS", "-Da=1", "_JAVA_OPTIONS", "-Xmx1m", "JDK_JAVA_OPTIONS", "-Db=1"));
        builder.environment().put("KEPT", "1");
        VmOptions.fromCommandLine(builder);
        assertEquals("1", builder.environment().get("KEPT"));
        assertEquals(
                List.of(),
                builder.environment().keySet().stream()
                        .filter(name -> name.contains("JAVA") && name.endsWith("_OPTIONS") && !name.startsWith("AEVO"))
                        .toList());
    }
}
