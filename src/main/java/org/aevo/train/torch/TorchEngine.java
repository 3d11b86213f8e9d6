package org.aevo.train.torch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aevo.train.Engine;
import org.aevo.train.Network;
import org.aevo.train.NetworkPlan;
import org.aevo.train.OmpThreads;
import org.aevo.train.SelfCheck;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch. On the CPU it computes with {@code OMP_NUM_THREADS} threads, one if that is not set; other numbers of
 * threads, and other CPUs, round differently.
 */
public final class TorchEngine implements Engine {
    private final TorchDevice device;
    private final int threads;

    /**
     * Loads the library.
     *
     * @throws IllegalStateException if it cannot be loaded, or is built for GPUs and finds none; one line says why
     */
    public TorchEngine() {
        TorchNatives.load();
        threads = OmpThreads.of(System.getenv(OmpThreads.VARIABLE));
        torch.set_num_threads(threads);
        if (torch.get_num_interop_threads() != 1) {
            torch.set_num_interop_threads(1);
        }
        device = NativeErrors.guard(TorchDevice::find);
    }

    /** Why it cannot be opened here, as far as can be seen without loading it. */
    public static Optional<String> missing() {
        return TorchNatives.missing();
    }

    /** Whether this build computes on GPUs; loads nothing. */
    public static boolean computesOnGpus() {
        return TorchNatives.computeOnGpus();
    }

    @Override
    public String name() {
        return "torch";
    }

    @Override
    public String device() {
        return device.name();
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public void markDeviceMemory() {
        device.markMemory();
    }

    @Override
    public double peakDeviceMemory() {
        return device.peakMemory();
    }

    @Override
    public Map<String, String> libraries() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("pytorch", TorchNatives.version(torch.class));
        versions.put("javacpp", TorchNatives.version(Loader.class));
        versions.put("pytorch-natives", "linux-x86_64" + (computesOnGpus() ? "-gpu" : ""));
        versions.put("blas", configured("BLAS_INFO=(\\w+)"));
        versions.put("onednn", configured("MKL-DNN v([\\d.]+)"));
        return versions;
    }

    @Override
    public List<SelfCheck> selfCheck() {
        return new TorchSelfCheck(this).list();
    }

    @Override
    public Network build(NetworkPlan plan) {
        refusal(plan).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        return NativeErrors.guard(() -> new TorchNetwork(plan, device.device()));
    }

    @Override
    public void close() {
        device.close();
    }

    /** What the library says of how it was built. */
    static String configured(String pattern) {
        Matcher m = Pattern.compile(pattern).matcher(torch.show_config().getString());
        return m.find() ? m.group(1) : "unknown";
    }
}
