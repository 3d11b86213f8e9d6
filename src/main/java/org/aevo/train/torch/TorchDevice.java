package org.aevo.train.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.cuda.CUDAAllocator;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch_cuda;

/** What an engine computes on, for as long as the engine is open. */
final class TorchDevice implements AutoCloseable {
    /** Of those that the process sees: it computes on one. */
    private static final byte FIRST = 0;

    private final Owned owned = new Owned();
    private final Device device;
    private final String name;

    private TorchDevice(String device, String name) {
        this.device = owned.own(new Device(device));
        this.name = name;
    }

    /**
     * The CPU; with the natives for GPUs the first GPU that this process sees. The variable CUDA_VISIBLE_DEVICES
     * decides which one that is; where it is empty, no GPU is to be used.
     *
     * @throws IllegalStateException if these are natives for GPUs and they can use none: without this they would
     *     compute on the CPU and say nothing
     */
    static TorchDevice find() {
        String visible = System.getenv("CUDA_VISIBLE_DEVICES");
        if (!TorchNatives.computeOnGpus() || visible != null && visible.isBlank()) {
            return new TorchDevice("cpu", "cpu");
        }
        if (!torch.cuda_is_available()) {
            throw new IllegalStateException(
                    "libtorch is built for GPUs and can use none here: it needs an NVIDIA driver"
                            + " for CUDA 13 and the libraries of CUDA 13, cuDNN 9 and NCCL 2 (set cluster.gpus to no to"
                            + " compute on CPU cores)" + TorchNatives.missingLibraries());
        }
        return new TorchDevice("cuda:0", "cuda");
    }

    Device device() {
        return device;
    }

    /** {@code cpu}, or the GPU's name. */
    String name() {
        return name;
    }

    /** Begins to measure {@link #peakMemory} anew. */
    void markMemory() {
        if (isGpu()) {
            allocator().resetPeakStats(FIRST);
        }
    }

    /** Bytes of the most memory of the GPU that tensors had at once; NaN on a CPU. */
    double peakMemory() {
        if (!isGpu()) {
            return Double.NaN;
        }
        try (PointerScope scope = new PointerScope()) {
            // the first of its numbers is of all pools together
            return allocator().getDeviceStats(FIRST).allocated_bytes().peak();
        }
    }

    private boolean isGpu() {
        return !name.equals("cpu");
    }

    private static CUDAAllocator allocator() {
        return torch_cuda.getAllocator();
    }

    @Override
    public void close() {
        owned.close();
    }
}
