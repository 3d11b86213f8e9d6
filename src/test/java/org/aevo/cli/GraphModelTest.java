package org.aevo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aevo.network.Blueprint;
import org.aevo.network.Shape;
import org.aevo.record.ModelReader;
import org.aevo.record.Outside;
import org.aevo.search.EvaluationStatus;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A genome with skips and a decoder of its own becomes a model, which numpy computes as the engine does. */
class GraphModelTest {
    private static final String INPUT =
            """
            name: graph
            seed: 3
            budget: {evaluations: 40}
            space: {family: mixed, latent: 4, decoder: free, max-skips: 2}
            training: {engine: ENGINE}
            data: {kind: npy, path: "DIR/train.npy", layout: channels-first}
            """;

    private static final String GENOME =
            "conv(3,k3,s2,relu) conv(4,k3,s1,elu,bn) conv(2,k3,s2,tanh) skip(0,2) | latent(4) | dense(7,relu)"
                    + " dense(30,elu) upconv(3,k3,x2,relu,bn) upconv(4,k3,x1,elu) upconv(3,k3,x2,tanh) skip(2,4)"
                    + " | adam(lr0.001,batch32)";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"torch", "dl4j"})
    void isTrainedAndApplied(String engine) throws Exception {
        Outside.python(
                "import sys, numpy as np\nr = np.random.default_rng(1)\n"
                        + "np.save(sys.argv[1] + '/train.npy', r.random((90, 2, 6, 9)).astype('f4'))",
                folder.toString());
        Path run = folder.resolve("run");
        HandMadeRun.trained(INPUT.replace("DIR", folder.toString()).replace("ENGINE", engine))
                .of(new Shape(2, 6, 9), 1)
                .asked(0, 0, 2, GENOME)
                .arrived(0, 1, 0, 3, 1, 0.05, EvaluationStatus.OK, "")
                .write(run);
        Said trained = Said.by("train", run.toString(), "--epochs", "2", "--no-textbooks");
        assertEquals(ExitCode.DONE, trained.code(), trained.all());
        Blueprint network = ModelReader.read(run.resolve("best/model.h5")).blueprint();
        assertTrue(!network.isChain() && network.latent().isPresent(), network.toString());
        Outside.Result examples =
                Outside.script("bench/reconstruct.py", run.resolve("best").toString());
        assertEquals(0, examples.exit(), examples.output());
        List<String> applied = new ArrayList<>(List.of(
                run.resolve("best").toString(), folder.resolve("train.npy").toString()));
        for (String as : List.of("codes", "reconstructions", "errors")) {
            String output = folder.resolve(as + ".npy").toString();
            Said said =
                    Said.by("apply", run.toString(), folder.resolve("train.npy").toString(), "--as", as, "-o", output);
            assertEquals(ExitCode.DONE, said.code(), said.all());
            applied.add(output);
        }
        Outside.Result numpy = Outside.script("bench/applied.py", applied.toArray(String[]::new));
        assertEquals(0, numpy.exit(), numpy.output());
    }
}
