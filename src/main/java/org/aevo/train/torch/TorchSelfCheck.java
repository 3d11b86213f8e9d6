package org.aevo.train.torch;

import java.util.ArrayList;
import java.util.List;
import org.aevo.genome.Gene;
import org.aevo.genome.Genome;
import org.aevo.genome.Unfolding;
import org.aevo.genome.Upscaling;
import org.aevo.network.Activation;
import org.aevo.network.Hyperparameters;
import org.aevo.network.Optimizer;
import org.aevo.network.Shape;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.OmpThreads;
import org.aevo.train.Samples;
import org.aevo.train.SelfCheck;
import org.bytedeco.pytorch.global.torch;

/** What an open engine finds out about itself. */
final class TorchSelfCheck {
    private final TorchEngine engine;

    TorchSelfCheck(TorchEngine engine) {
        this.engine = engine;
    }

    List<SelfCheck> list() {
        boolean cpu = engine.device().equals("cpu");
        List<SelfCheck> checks = new ArrayList<>();
        checks.add(new SelfCheck(
                "natives",
                true,
                engine.libraries().get("pytorch-natives") + ", "
                        + torch.get_cpu_capability().getString()));
        if (cpu) {
            checks.add(threads());
        }
        checks.add(oneDnn());
        checks.add(convolution());
        return checks;
    }

    private SelfCheck threads() {
        int used = torch.get_num_threads();
        boolean given = System.getenv(OmpThreads.VARIABLE) != null;
        return new SelfCheck(
                "threads",
                given && used == engine.threads() && torch.get_num_interop_threads() == 1,
                used + (given ? "" : "; set " + OmpThreads.VARIABLE + "=1, or BLAS takes every core it sees"));
    }

    private static SelfCheck oneDnn() {
        boolean there = torch.hasMKLDNN() && torch.globalContext().userEnabledMkldnn();
        return new SelfCheck(
                "oneDNN",
                there,
                there
                        ? TorchEngine.configured("MKL-DNN v([\\d.]+)")
                        : "these natives have none: convolutions are slow");
    }

    /** Takes gradient steps with a small convolutional network. */
    private SelfCheck convolution() {
        String subject = "convolution";
        Shape shape = new Shape(1, 8, 8);
        Hyperparameters hyperparameters = new Hyperparameters(Optimizer.ADAM, 1e-3, 4);
        Genome genome = new Genome(
                List.of(new Gene.Convolution(4, 3, 1, Activation.RELU, true), new Gene.MaxPooling(2)),
                4,
                Upscaling.UPSAMPLING,
                hyperparameters);
        float[] values = new float[4 * 64];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i % 7) / 7f;
        }
        Samples samples = new Samples(shape, 4, values);
        int[] order = {0, 1, 2, 3};
        try (Network network =
                engine.build(NetworkPlan.of(Unfolding.of(genome, shape, Activation.SIGMOID), hyperparameters, 1))) {
            double first = network.step(samples, order, 0, 4);
            double second = network.step(samples, order, 0, 4);
            return new SelfCheck(
                    subject,
                    second < first,
                    second < first
                            ? "a gradient step lowers the loss"
                            : "a gradient step raised the loss: " + first + ", " + second);
        } catch (RuntimeException e) {
            return new SelfCheck(subject, false, NativeErrors.firstLine(e));
        }
    }
}
