package org.aevo.train.dl4j;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.Unfolding;
import org.aevo.genome.Upscaling;
import org.aevo.network.Activation;
import org.aevo.network.Blueprint;
import org.aevo.network.EnumText;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Node;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.train.Engine;
import org.aevo.train.Loss;
import org.aevo.train.NativesFolder;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.OmpThreads;
import org.aevo.train.Samples;
import org.aevo.train.SelfCheck;
import org.bytedeco.javacpp.Loader;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Deeplearning4j on the backend of ND4J that is on the class path. On the CPU it computes with {@code OMP_NUM_THREADS}
 * threads, one if that is not set; other numbers of threads, and other natives, round differently.
 */
public final class Dl4jEngine implements Engine {
    private final Sweeper sweeper = new Sweeper();
    private final boolean cpu;
    private final int threads;
    private final String device;

    /**
     * Loads the library.
     *
     * @throws IllegalStateException if it cannot be loaded; one line says why
     */
    public Dl4jEngine() {
        // before the library reads the same, which takes nothing but numbers either, and does not say of what
        threads = OmpThreads.of(System.getenv(OmpThreads.VARIABLE));
        NativeSettings.apply();
        try {
            cpu = Nd4j.getEnvironment().isCPU();
        } catch (LinkageError | RuntimeException e) {
            String folder = NativesFolder.problem(Loader::getCacheDir);
            String needs = computesOnGpus()
                    ? ": this build needs an NVIDIA driver, CUDA 11.6 and cuDNN 8"
                    : ": this build needs x86-64 Linux with AVX2";
            throw new IllegalStateException(
                    "ND4J does not load its natives '" + NativeSettings.extensionInForce() + "': " + rootMessage(e)
                            + (folder.isEmpty() ? needs : folder),
                    e);
        }
        // With it on, the thread that frees arrays sleeps ten seconds whenever it has caught up.
        Nd4j.getMemoryManager().togglePeriodicGc(false);
        if (cpu) {
            Nd4j.getEnvironment().setMaxThreads(threads);
            Nd4j.getEnvironment().setMaxMasterThreads(threads);
        }
        device = cpu ? "cpu" : gpuName();
    }

    /** Whether this build computes on GPUs; loads nothing. */
    public static boolean computesOnGpus() {
        return NativeSettings.cudaOnClassPath();
    }

    /** Why it cannot be opened by this build, as far as can be seen without loading it. */
    public static Optional<String> missing() {
        return NativeSettings.nativesOnClassPath()
                ? Optional.empty()
                : Optional.of("this build has no natives of ND4J: Maven's profiles cpu and cuda bring them");
    }

    @Override
    public String name() {
        return "dl4j";
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public String device() {
        return device;
    }

    @Override
    public Map<String, String> libraries() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("deeplearning4j", version(MultiLayerNetwork.class));
        versions.put("nd4j", version(Nd4j.class));
        versions.put("nd4j-backend", Nd4j.getBackend().getClass().getSimpleName());
        if (cpu) {
            versions.put("nd4j-natives", "linux-x86_64" + NativeSettings.extensionInForce());
            versions.put("blas", String.valueOf(property("blas.vendor")));
        }
        return versions;
    }

    @Override
    public List<SelfCheck> selfCheck() {
        List<SelfCheck> checks = new ArrayList<>();
        checks.add(new SelfCheck("backend", true, libraries().get("nd4j-backend") + " on " + device));
        if (cpu) {
            String natives = NativeSettings.extensionInForce();
            boolean oneDnn = natives.startsWith("-onednn");
            checks.add(new SelfCheck(
                    "natives",
                    oneDnn,
                    "linux-x86_64" + natives
                            + (oneDnn ? "" : ": has no oneDNN; remove -Dorg.bytedeco.javacpp.platform.extension")));
            checks.add(threadCheck());
        }
        checks.add(convolutionCheck());
        return checks;
    }

    @Override
    public Optional<String> refusal(NetworkPlan plan) {
        return refusalOf(plan);
    }

    /** {@link #refusal} without an engine: no natives are loaded. */
    public static Optional<String> refusalOf(NetworkPlan plan) {
        return plan.refusal()
                .or(() -> plan.blueprint().layers().stream()
                        .flatMap(layer -> LayerParts.refusal(layer).stream())
                        .findFirst())
                .or(() -> codeRefusal(plan))
                .or(() -> decayRefusal(plan));
    }

    /**
     * A network here has no sigmoid or softmax before a cross-entropy, so that nothing else can be computed from what it
     * gives.
     */
    private static Optional<String> codeRefusal(NetworkPlan plan) {
        Blueprint blueprint = plan.blueprint();
        List<Node> trained = plan.loss().trained(blueprint).nodes();
        List<Node> code =
                blueprint.latent().map(node -> blueprint.upTo(node.name())).orElse(List.of());
        return code.stream()
                .filter(node -> !trained.contains(node))
                .findFirst()
                .map(node -> "the code is made from the " + EnumText.of(blueprint.outputActivation()) + " of layer "
                        + node.name() + ", which the engine dl4j does not compute when it trains by "
                        + (plan.loss() == Loss.CROSS_ENTROPY ? "cross-entropy" : "binary cross-entropy"));
    }

    /** The library updates nothing of layers that the loss does not depend on, and so their weights would not decay. */
    private static Optional<String> decayRefusal(NetworkPlan plan) {
        if (plan.weightDecay() == 0) {
            return Optional.empty();
        }
        Blueprint blueprint = plan.blueprint();
        List<Node> trained = blueprint.upTo(blueprint.output().name());
        return blueprint.nodes().stream()
                .filter(node -> node.layer().parameters() > 0 && !trained.contains(node))
                .findFirst()
                .map(node -> "the output does not depend on layer " + node.name()
                        + ", whose weights the engine dl4j cannot decay: set the weight decay to 0");
    }

    @Override
    public Network build(NetworkPlan plan) {
        refusal(plan).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        return new Dl4jNetwork(plan, sweeper::networkClosed);
    }

    @Override
    public void close() {
        NativeMemory.free();
    }

    private SelfCheck threadCheck() {
        int used = Nd4j.getEnvironment().maxMasterThreads();
        boolean given = System.getenv(OmpThreads.VARIABLE) != null;
        return new SelfCheck(
                "threads",
                given && used == threads,
                used + (given ? "" : "; set " + OmpThreads.VARIABLE + "=1, or BLAS takes every core it sees"));
    }

    /** Takes gradient steps with a small convolutional network and asks its layers what computed them. */
    private SelfCheck convolutionCheck() {
        String subject = cpu ? "oneDNN convolution" : "cuDNN convolution";
        Shape shape = new Shape(1, 8, 8);
        Hyperparameters hyperparameters = new Hyperparameters(Optimizer.ADAM, 1e-3, 4);
        Genome genome = new Genome(
                List.of(new Gene.Convolution(4, 3, 1, Activation.RELU, true), new Gene.MaxPooling(2)),
                4,
                Upscaling.UPSAMPLING,
                hyperparameters);
        Blueprint blueprint = Unfolding.of(genome, shape, Activation.SIGMOID);
        float[] values = new float[4 * 64];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i % 7) / 7f;
        }
        Samples samples = new Samples(shape, 4, values);
        try (Dl4jNetwork network =
                new Dl4jNetwork(NetworkPlan.of(blueprint, hyperparameters, 1), sweeper::networkClosed)) {
            double first = network.step(samples, new int[] {0, 1, 2, 3}, 0, 4);
            double second = network.step(samples, new int[] {0, 1, 2, 3}, 0, 4);
            if (!(second < first)) {
                return new SelfCheck(subject, false, "a gradient step raised the loss: " + first + ", " + second);
            }
            // Helpers are dropped in favour of slow code when they fail: asked after the steps.
            Map<String, String> helpers = network.helpers();
            String convolution = helpers.get("e0_conv");
            return convolution == null
                    ? new SelfCheck(
                            subject,
                            false,
                            "not used: training is many times slower; remove -Dorg.eclipse.deeplearning4j.helpers.disable"
                                    + ", and see the natives above")
                    : new SelfCheck(subject, true, convolution + " computes");
        } catch (RuntimeException e) {
            return new SelfCheck(subject, false, rootMessage(e));
        }
    }

    private static String gpuName() {
        Properties information = Nd4j.getExecutioner().getEnvironmentInformation();
        Object devices = information.get("cuda.devicesInformation");
        if (devices instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map<?, ?> first) {
            Object name = first.get("cuda.deviceName");
            return name == null ? "gpu" : name.toString();
        }
        return "gpu";
    }

    private static Object property(String key) {
        return Nd4j.getExecutioner().getEnvironmentInformation().get(key);
    }

    private static String version(Class<?> type) {
        String name = type.getProtectionDomain().getCodeSource().getLocation().getPath();
        Matcher m = Pattern.compile("-(\\d[^/]*)\\.jar$").matcher(name);
        return m.find() ? m.group(1) : "unknown";
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage()).strip();
        return root.getClass().getSimpleName() + ": "
                + message.lines().findFirst().orElse("");
    }
}
