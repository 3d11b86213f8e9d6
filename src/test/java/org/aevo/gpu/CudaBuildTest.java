package org.aevo.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CudaBuildTest {
    @TempDir
    Path folder;

    private static NvidiaHost host(String driver) {
        return new NvidiaHost(Optional.of(driver), CudaVersion.ofDriver(driver), List.of(), Optional.empty());
    }

    private static Gpu gpu(String capability) {
        return new Gpu(0, "", "GPU", ComputeCapability.parse(capability), OptionalLong.empty());
    }

    /** By NVIDIA's rule: machine code runs on GPUs of its major number that are not older than it. */
    @ParameterizedTest(name = "{0}: dl4j {1}, torch {2}")
    @CsvSource({
        "3.5, false, false",
        "3.7, true, false",
        "5.3, true, false",
        "6.0, true, false",
        "7.0, true, false",
        "7.2, true, false",
        "7.5, true, true",
        "8.0, true, true",
        "8.6, true, true",
        "8.9, true, true",
        "9.0, false, true",
        "10.0, false, true",
        "10.3, false, true",
        "11.0, false, false",
        "12.0, false, true",
        "12.1, false, true",
        "13.0, false, false",
        "unknown, true, true"
    })
    void machineCodeDecides(String capability, boolean dl4j, boolean torch) {
        NvidiaHost host = host("580.65.06");
        assertEquals(dl4j, CudaBuild.DL4J.obstacle(host, gpu(capability)).isEmpty());
        assertEquals(torch, CudaBuild.TORCH.obstacle(host, gpu(capability)).isEmpty());
    }

    @Test
    void whatIsInTheWayIsNamed() {
        String code = CudaBuild.DL4J.obstacle(host("580.65.06"), gpu("9.0")).orElseThrow();
        assertEquals(
                "its GPU build has machine code for compute capability 3.7, 5.0, 5.2, 6.0, 6.1, 7.0, 7.5, 8.0, 8.6, not for 9.0",
                code);
        String driver = CudaBuild.TORCH.obstacle(host("535.129.03"), gpu("9.0")).orElseThrow();
        assertTrue(driver.contains("a driver from version 580 on, but 535.129.03 serves CUDA 12"), driver);
        assertEquals(Optional.empty(), CudaBuild.DL4J.obstacle(host("450.80.02"), gpu("8.0")));
        assertEquals(Optional.empty(), CudaVersion.ofDriver("390.157"));
        assertEquals(Optional.empty(), CudaVersion.ofDriver("latest"));
    }

    @Test
    void librariesThatAreNowhereAreNamed() throws IOException {
        Path files = Files.createDirectories(folder.resolve("lib"));
        for (String name : CudaBuild.TORCH.libraries()) {
            Files.createFile(files.resolve(name));
        }
        Map<String, String> environment = Map.of("LD_LIBRARY_PATH", folder + "::" + files + ":\0");
        assertEquals(Optional.empty(), CudaBuild.TORCH.missingLibraries(environment));
        Files.delete(files.resolve("libcudnn.so.9"));
        String missing = CudaBuild.TORCH.missingLibraries(environment).orElseThrow();
        assertTrue(missing.startsWith("libcudnn.so.9 is not found"), missing);
        assertTrue(missing.contains("LD_LIBRARY_PATH"), missing);
    }

    @Test
    void theLinkersCacheCounts() {
        SharedLibraries known = new SharedLibraries(List.of(), Path.of("/etc/ld.so.cache"));
        assertEquals(List.of("libnone.so.1"), known.missing(List.of("libc.so.6", "libnone.so.1")));
    }
}
