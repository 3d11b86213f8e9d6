package org.aevo.train.torch;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Flat tensors one behind the other, as one array of numbers on the host. */
final class Strung {
    private final List<Tensor> tensors;
    private final int size;

    /** @param tensors of one dimension each, owned by the caller */
    Strung(List<Tensor> tensors) {
        this.tensors = tensors;
        this.size = Math.toIntExact(tensors.stream().mapToLong(Tensor::numel).sum());
    }

    int size() {
        return size;
    }

    /** Copies the numbers {@code from} to {@code from + count - 1} to the start of an array. */
    void read(int from, float[] values, int count) {
        overlaps(from, count, (part, at, length) -> part.cpu().data_ptr_float().get(values, at, length));
    }

    /** Takes the first {@code count} of an array for the numbers from {@code from} on. */
    void write(int from, float[] values, int count) {
        overlaps(from, count, (part, at, length) -> {
            Tensor host = part.cpu(); // of a tensor on the host that itself
            host.data_ptr_float().put(values, at, length);
            part.copy_(host);
        });
    }

    /** What lies in one tensor. */
    private interface Overlap {
        void take(Tensor part, int at, int length);
    }

    private void overlaps(int from, int count, Overlap overlap) {
        int start = 0;
        for (Tensor tensor : tensors) {
            int end = start + Math.toIntExact(tensor.numel());
            int first = Math.max(from, start);
            int last = Math.min(from + count, end);
            if (first < last) {
                overlap.take(tensor.narrow(0, first - start, last - first), first - from, last - first);
            }
            start = end;
        }
    }
}
