package org.aevo.train.torch;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.aevo.network.Shape;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Native memory that batches are written into, used again by the next batch of as many samples. */
final class Staging implements AutoCloseable {
    /** Training batches, the last of an epoch, validation batches, the last of them; and as many more. */
    private static final int MOST = 8;

    private final Shape shape;
    private final boolean image;
    private final Device device;
    private final Map<Integer, Batch> batches = new HashMap<>();
    private final Owned owned = new Owned();

    /**
     * A batch on the host.
     *
     * @param numbers all of them; the position is wherever it was left
     */
    private record Batch(Tensor tensor, FloatBuffer numbers) {}

    /** Writes a batch from the buffer's start. */
    @FunctionalInterface
    interface Filling {
        void fill(FloatBuffer numbers);
    }

    /** @param image whether batches are [batch, channels, rows, columns] with channels last in memory, not [batch, values] */
    Staging(Shape shape, boolean image, Device device) {
        this.shape = shape;
        this.image = image;
        this.device = device;
    }

    /** A batch of {@code count} samples on the device; good until the next one of as many. */
    Tensor of(int count, Filling filling) {
        Batch batch = batches.get(count);
        if (batch == null) {
            if (batches.size() == MOST) {
                close();
            }
            batch = allocate(count);
            batches.put(count, batch);
        }
        filling.fill(batch.numbers().clear());
        Tensor there = device.is_cpu() ? batch.tensor() : batch.tensor().to(device, ScalarType.Float);
        return image ? there.contiguous(MemoryFormat.ChannelsLast) : there;
    }

    private Batch allocate(int count) {
        Tensor tensor = owned.own(
                image
                        ? torch.empty(count, shape.channels(), shape.height(), shape.width())
                        : torch.empty(count, shape.size()));
        int size = Math.toIntExact(count * shape.size());
        return new Batch(tensor, tensor.data_ptr_float().capacity(size).asBuffer());
    }

    @Override
    public void close() {
        batches.clear();
        owned.close();
    }
}
