package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aevo.gpu.CudaBuild;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What doctor and run make of GPUs, in processes that find a program in the place of nvidia-smi. A GPU build is one
 * that has ND4J's backend on its class path: a file of its name, for nothing here comes to load it.
 */
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
class GpuStartTest {
    private static final String INPUT =
            """
            budget: {evaluations: 20}
            data: {kind: swiss-roll, samples: 300}
            space: {family: dense, latent: 2}
            """;

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void nvidiaSmi() throws IOException {
        Path program = Files.writeString(
                Files.createDirectories(folder.resolve("bin")).resolve("nvidia-smi"),
                """
                #!/bin/sh
                case "$1" in
                --query-gpu*)
                    echo '0, GPU-aaaa, NVIDIA H200, 9.0, 580.159.03, 143771'
                    echo '1, GPU-bbbb, NVIDIA A100-SXM4-40GB, 8.0, 580.159.03, 40960' ;;
                *) echo 'CUDA Version                              : 13.0' ;;
                esac
                """);
        assertTrue(program.toFile().setExecutable(true));
        environment.put("PATH", program.getParent() + ":" + System.getenv("PATH"));
    }

    private AevoProcess.Result aevo(List<String> program, String... arguments) throws Exception {
        try (AevoProcess aevo = AevoProcess.start(program, folder, environment, arguments)) {
            return aevo.await();
        }
    }

    private List<String> gpuBuild() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("cuda/org/nd4j/linalg/jcublas"));
        Files.write(classes.resolve("JCublasBackend.class"), new byte[0]);
        List<String> program = AevoProcess.program();
        int classPath = program.indexOf("-cp") + 1;
        program.set(classPath, program.get(classPath) + ":" + folder.resolve("cuda"));
        return program;
    }

    private String input() throws IOException {
        return Files.writeString(folder.resolve("input.yaml"), INPUT).toString();
    }

    @Test
    void theDoctorNamesEachGpuAndWhoComputesOnIt() throws Exception {
        environment.put("CUDA_VISIBLE_DEVICES", "0,GPU-bbbb,7");
        AevoProcess.Result result = aevo(AevoProcess.program(), "doctor");
        assertEquals(ExitCode.DONE, result.code(), result.out() + result.err());
        List<String> said =
                result.out().lines().filter(line -> line.contains(" gpu")).toList();
        assertEquals(
                List.of(
                        "ok    gpus       0 NVIDIA H200, compute capability 9.0; GPU-bbbb NVIDIA A100-SXM4-40GB, compute "
                                + "capability 8.0; 7; driver 580.159.03, CUDA 13.0: this build computes on CPU cores",
                        "ok    gpu 0      NVIDIA H200, compute capability 9.0, 143771 MiB: dl4j cannot compute on it, "
                                + "its GPU build has machine code for compute capability 3.7, 5.0, 5.2, 6.0, 6.1, 7.0, 7.5, "
                                + "8.0, 8.6, not for 9.0; torch would after " + CudaBuild.TORCH.howToBuild(),
                        "ok    gpu GPU-bbbb NVIDIA A100-SXM4-40GB, compute capability 8.0, 40960 MiB: dl4j would after "
                                + CudaBuild.DL4J.howToBuild() + "; torch would after " + CudaBuild.TORCH.howToBuild(),
                        "ok    gpu 7      the driver does not tell what it is"),
                said);
    }

    @Test
    void aRankSaysInItsLineWhatItsGpusAre() throws Exception {
        environment.put("CUDA_VISIBLE_DEVICES", "0");
        environment.putAll(Map.of("SLURM_JOB_ID", "1", "SLURM_STEP_ID", "0", "SLURM_NTASKS", "2"));
        environment.putAll(Map.of("SLURM_PROCID", "1", "SLURM_LOCALID", "1", "SLURMD_NODENAME", "n1"));
        AevoProcess.Result result = aevo(gpuBuild(), "doctor");
        assertEquals(ExitCode.FAILED, result.code(), result.out() + result.err());
        List<String> said = result.out().lines().toList();
        assertEquals(1, said.size(), result.out());
        assertTrue(said.get(0).startsWith("rank 1 of 2 on n1: BAD "), result.out());
        assertTrue(said.get(0).contains("; gpu 0: NVIDIA H200, "), result.out());
        assertTrue(said.get(0).contains("cuda: dl4j: libcublas.so.11, "), result.out());
        assertTrue(
                said.get(0).endsWith("gpus 0 NVIDIA H200, compute capability 9.0; driver 580.159.03, CUDA 13.0"),
                result.out());
    }

    @Test
    void aRunOnAGpuThatItsEngineCannotUseIsRefused() throws Exception {
        environment.put("CUDA_VISIBLE_DEVICES", "1,0");
        AevoProcess.Result two = aevo(gpuBuild(), "run", input(), "-o", "run", "--workers", "2");
        assertEquals(ExitCode.USAGE, two.code(), two.err());
        assertEquals(1, two.err().lines().count(), two.err());
        assertTrue(
                two.err().startsWith("aevo: GPU 0 (NVIDIA H200, compute capability 9.0): dl4j cannot compute on it, "),
                two.err());
        assertTrue(two.err().contains("set training.engine to torch (AEVO_MAVEN_OPTIONS='-P cuda13' "), two.err());
        assertFalse(Files.exists(folder.resolve("run")));

        AevoProcess.Result one = aevo(gpuBuild(), "run", input(), "-o", "run", "--workers", "1", "--dry-run");
        assertEquals(ExitCode.DONE, one.code(), "the first one is an A100: " + one.err());
    }
}
