package org.aevo.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the driver tells, by programs in the place of nvidia-smi and files in the place of /proc. */
@Timeout(60)
class NvidiaHostTest {
    private static final String HOPPER = "0, GPU-9221d5d1-b60b, NVIDIA H200, 9.0, 580.159.03, 143771";
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    /** A program that answers a query with a text and a code, and the long report with a head like nvidia-smi's. */
    private NvidiaSmi smi(String answer, int code) throws IOException {
        Path text = Files.writeString(folder.resolve("answer"), answer);
        return program(
                """
                case "$1" in
                -q) echo '==============NVSMI LOG=============='; echo
                    echo 'Driver Version                            : 580.159.03'
                    echo 'CUDA Version                              : 13.0' ;;
                *) cat '%s'; exit %d ;;
                esac
                """
                        .formatted(text, code),
                LONG);
    }

    private NvidiaSmi program(String script, Duration patience) throws IOException {
        Path file = Files.writeString(folder.resolve("nvidia-smi"), "#!/bin/sh\n" + script);
        assertTrue(file.toFile().setExecutable(true));
        return new NvidiaSmi(file.toString(), patience);
    }

    private static ComputeCapability capability(String text) {
        return ComputeCapability.parse(text).orElseThrow();
    }

    @Test
    void gpusAndDriverAreTold() throws IOException {
        NvidiaHost host = smi(HOPPER + "\n1, GPU-77aa, Quadro, the old one, 3.5, 580.159.03, [N/A]\n", 0)
                .ask();
        assertEquals(
                List.of(
                        new Gpu(
                                0,
                                "GPU-9221d5d1-b60b",
                                "NVIDIA H200",
                                Optional.of(capability("9.0")),
                                OptionalLong.of(143771)),
                        new Gpu(
                                1,
                                "GPU-77aa",
                                "Quadro, the old one",
                                Optional.of(capability("3.5")),
                                OptionalLong.empty())),
                host.gpus());
        assertEquals(Optional.of("580.159.03"), host.driver());
        assertEquals(Optional.of(new CudaVersion(13, OptionalInt.of(0))), host.cuda());
        assertEquals(Optional.empty(), host.problem());
        assertEquals(Optional.of("NVIDIA H200, compute capability 9.0, driver 580.159.03"), host.describe("GPU-9221"));
        assertEquals(Optional.of("Quadro, the old one"), host.find("1").map(Gpu::name));
        assertEquals(Optional.empty(), host.find("2"));
        assertEquals(Optional.empty(), host.find("MIG-1234"), "of which GPU?");
    }

    @Test
    void aPartOfAGpuIsOneOfItsKind() throws IOException {
        NvidiaHost host =
                smi(HOPPER + "\n" + HOPPER.replace("0, GPU-92", "1, GPU-93"), 0).ask();
        assertEquals(Optional.of("NVIDIA H200"), host.find("MIG-1234").map(Gpu::name));
    }

    @Test
    void anOldDriverDoesNotTellCapabilities() throws IOException {
        NvidiaHost host = program(
                        """
                        case "$*" in
                        *compute_cap*) echo 'Field "compute_cap" is not a valid field to query.'; exit 2 ;;
                        *--query-gpu*) echo '0, GPU-1, Tesla V100, 450.80.02, 16160' ;;
                        *) echo 'no such option'; exit 2 ;;
                        esac
                        """,
                        LONG)
                .ask();
        assertEquals(List.of(new Gpu(0, "GPU-1", "Tesla V100", Optional.empty(), OptionalLong.of(16160))), host.gpus());
        assertEquals(Optional.of(new CudaVersion(11, OptionalInt.empty())), host.cuda(), "by the driver's version");
    }

    @Test
    void aFailureIsOneLineWithTheMend() throws IOException {
        NvidiaHost host = smi(
                        "\nNVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\nMore.\n", 9)
                .ask();
        assertEquals(List.of(), host.gpus());
        String problem = host.problem().orElseThrow();
        assertTrue(problem.contains("code 9: NVIDIA-SMI has failed because it couldn't communicate"), problem);
        assertTrue(problem.endsWith("is the NVIDIA driver installed and loaded?"), problem);
        assertFalse(problem.contains("More"), problem);
    }

    @Test
    void strangeLinesAreShownHarmlessAndTheRestCounts() throws IOException {
        NvidiaHost host = smi("\u001b[31mNo devices\u0007 were found\n, , , , ,\n" + HOPPER + "\n", 0)
                .ask();
        assertEquals(1, host.gpus().size());
        String problem = host.problem().orElseThrow();
        assertTrue(problem.endsWith("says what is not understood: [31mNo devices were found"), problem);
    }

    @Test
    void aNameWithControlCharactersOrWithoutEndIsCut() throws IOException {
        String name = "GeForce\u001b]0;title\u0007" + "x".repeat(100_000);
        NvidiaHost host =
                smi("0, GPU-1, " + name + ", ninety, 1; rm -rf, many\n", 0).ask();
        Gpu gpu = host.gpus().get(0);
        assertTrue(gpu.name().matches("GeForce \\]0;title x{60,120}"), gpu.name());
        assertEquals(Optional.empty(), gpu.capability());
        assertEquals(Optional.empty(), host.driver());
    }

    @Test
    void oneThatHangsIsEndedAtItsDeadline() throws Exception {
        Path pid = folder.resolve("pid");
        NvidiaSmi hanging = program("sleep 600 & echo $! > '" + pid + "'; wait\n", Duration.ofMillis(1500));
        long start = System.nanoTime();
        String problem = hanging.ask().problem().orElseThrow();
        assertTrue(System.nanoTime() - start < LONG.toNanos(), "it waits for ever");
        assertTrue(problem.contains("does not answer within 1 s"), problem);
        long child = Long.parseLong(Files.readString(pid).strip());
        ProcessHandle.of(child).ifPresent(handle -> handle.onExit().join());
    }

    @Test
    void oneThatNeverCeasesToTalkIsEnded() throws IOException {
        NvidiaHost host = program("while :; do echo 'GPU GPU GPU GPU'; done\n", Duration.ofSeconds(2))
                .ask();
        assertTrue(host.problem().orElseThrow().contains("does not answer"), host.toString());
    }

    @Test
    void withoutTheProgramTheDriversFilesTell() throws IOException {
        NvidiaSmi none = new NvidiaSmi(folder.resolve("none").toString(), LONG);
        assertEquals(NvidiaHost.NONE, NvidiaHost.look(none, folder.resolve("nothing")));

        Path files = Files.createDirectories(folder.resolve("proc/gpus/0000:62:00.0"))
                .getParent()
                .getParent();
        Files.createDirectories(files.resolve("gpus/0000:04:00.0"));
        Files.writeString(
                files.resolve("version"),
                "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.129.03  Thu Oct 19 18:56:32 UTC 2023\n");
        Files.writeString(
                files.resolve("gpus/0000:62:00.0/information"),
                "Model: \t\t NVIDIA H100 80GB HBM3\nIRQ:   \t\t 10\nGPU UUID: \t GPU-9221\n");
        Files.writeString(files.resolve("gpus/0000:04:00.0/information"), "Model: \t\t Tesla T4\nGPU UUID: \t GPU-1\n");
        NvidiaHost host = NvidiaHost.look(none, files);
        assertEquals(
                List.of("0 GPU-1 Tesla T4", "1 GPU-9221 NVIDIA H100 80GB HBM3"),
                host.gpus().stream()
                        .map(gpu -> gpu.index() + " " + gpu.uuid() + " " + gpu.name())
                        .toList());
        assertEquals(Optional.of("535.129.03"), host.driver());
        assertEquals(12, host.cuda().orElseThrow().major());
        assertTrue(host.problem().orElseThrow().contains("nvidia-smi"), host.toString());
    }

    @Test
    void theOpenKernelModuleNamesItsVersionElsewhere() throws IOException {
        Files.writeString(
                folder.resolve("version"),
                "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.159.03  Release Build  (root@x)\n");
        assertEquals(Optional.of("580.159.03"), DriverFiles.read(folder).driver());
    }
}
