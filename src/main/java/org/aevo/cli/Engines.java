package org.aevo.cli;

import java.util.List;
import java.util.Optional;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.network.EnumText;
import org.aevo.train.Engine;
import org.aevo.train.EngineKind;
import org.aevo.train.NetworkPlan;
import org.aevo.train.OmpThreads;
import org.aevo.train.dl4j.Dl4jEngine;
import org.aevo.train.torch.TorchEngine;

/** The engines there are. Of an engine that is not opened no class of its library and no native is loaded. */
final class Engines {
    private Engines() {}

    /**
     * Loads the library.
     *
     * @throws IllegalStateException if it cannot be loaded; one line says why
     */
    static Engine open(EngineKind kind) {
        return switch (kind) {
            case DL4J -> new Dl4jEngine();
            case TORCH -> new TorchEngine();
        };
    }

    /** Whether this build's natives of an engine compute on GPUs. */
    static boolean computesOnGpus(EngineKind kind) {
        return switch (kind) {
            case DL4J -> Dl4jEngine.computesOnGpus();
            case TORCH -> TorchEngine.computesOnGpus();
        };
    }

    /** Why an engine cannot be opened by this build; what goes wrong in loading it shows only then. */
    static Optional<String> missing(EngineKind kind) {
        return switch (kind) {
            case DL4J -> Dl4jEngine.missing();
            case TORCH -> TorchEngine.missing();
        };
    }

    /** Why an engine would not build a network, if it would not; nothing is loaded. */
    static Optional<String> refusal(EngineKind kind, NetworkPlan plan) {
        return switch (kind) {
            case DL4J -> Dl4jEngine.refusalOf(plan);
            case TORCH -> plan.refusal();
        };
    }

    /** Libraries that train, by their names in {@link Build#libraries}. */
    static List<String> libraries(EngineKind kind) {
        return switch (kind) {
            case DL4J -> List.of("deeplearning4j");
            case TORCH -> List.of("pytorch");
        };
    }

    /** For people: {@code torch 2.10.0-1.5.13}. */
    static String text(EngineKind kind) {
        return EnumText.of(kind) + " " + Build.libraryVersion(libraries(kind).get(0));
    }

    /**
     * Looks at what can be seen before a run starts.
     *
     * @throws InputException if the engine of an input is not in this build, or is asked for a number of threads that is none
     */
    static void require(RunConfig config) {
        if (!config.simulated()) {
            missing(config.engine()).ifPresent(problem -> {
                throw new InputException("training.engine is " + EnumText.of(config.engine()) + ": " + problem);
            });
            OmpThreads.problem(System.getenv(OmpThreads.VARIABLE)).ifPresent(problem -> {
                throw new InputException(problem);
            });
        }
    }
}
