package org.aevo.train;

import java.util.Arrays;
import org.aevo.network.Blueprint;
import org.aevo.search.Weights;

/**
 * One network that the members of a team have alike, each its own copy. All call the same methods in the same order. Steps and
 * losses are shared: each member computes on its part of the samples. What is not measured with the others' help ({@link
 * #reconstruct}, {@link #encode}, {@link #weights}) a member may ask for alone.
 */
final class TeamNetwork implements Network {
    /** Floats that are summed at once: more would only take memory. */
    private static final int SEGMENT = 1 << 20;

    private final Network own;
    private final StepParts parts;
    private final Agreement agreement;
    private final int outputSize;
    private final float[] buffer;

    /** Takes over this member's own copy. */
    TeamNetwork(Network own, Blueprint blueprint, Agreement agreement) {
        this.own = own;
        this.parts = own.parts();
        this.agreement = agreement;
        this.outputSize = Math.toIntExact(blueprint.output().layer().output().size());
        this.buffer = new float[Math.min(SEGMENT, parts.size()) + agreement.room()];
    }

    /** This member's copy, to be measured by it alone. */
    Network own() {
        return own;
    }

    /** Takes the leader's weights, a piece at a time. */
    void equalize() {
        Weights[] mine = new Weights[1];
        agreement.together(() -> mine[0] = own.weights());
        for (Weights.Array array : mine[0].arrays()) {
            float[] values = array.values();
            for (int start = 0; start < values.length; start += SEGMENT) {
                int from = start;
                int count = Math.min(SEGMENT, values.length - from);
                byte[] piece = agreement.leaders(() -> Numbers.bytes(values, from, count));
                agreement.before(() -> Numbers.floats(piece, values, from, count));
            }
        }
        agreement.together(() -> {
            if (!agreement.leads()) {
                own.load(mine[0]);
            }
        });
    }

    @Override
    public long parameters() {
        return own.parameters();
    }

    @Override
    public double step(Samples inputs, Samples targets, int[] order, int from, int to) {
        Share share = Share.of(from, to, agreement.rank(), agreement.size());
        float weight = (float) ((double) share.count() / (to - from));
        double[] loss = new double[1];
        agreement.before(() -> loss[0] =
                share.isEmpty() ? 0 : share.count() * parts.gradient(inputs, targets, order, share.from(), share.to()));
        int size = parts.size();
        double sum = 0;
        int start = 0;
        do {
            int first = start;
            int count = Math.min(size - first, SEGMENT);
            agreement.before(() -> weighted(first, count, weight));
            double[] losses = agreement.sum(buffer, count, loss[0]);
            sum = Arrays.stream(losses).sum();
            agreement.before(() -> parts.write(first, buffer, count));
            start += count;
        } while (start < size);
        agreement.before(parts::update);
        return sum / (to - from);
    }

    /** This member's part of some numbers, in the buffer. */
    private void weighted(int first, int count, float weight) {
        if (weight == 0) {
            Arrays.fill(buffer, 0, count, 0);
            return;
        }
        parts.read(first, buffer, count);
        for (int i = 0; i < count; i++) {
            buffer[i] *= weight;
        }
    }

    @Override
    public double loss(Samples inputs, Samples targets, int from, int to) {
        Share share = Share.of(from, to, agreement.rank(), agreement.size());
        double[] sums = agreement.all(
                () -> share.isEmpty() ? 0.0 : share.count() * own.loss(inputs, targets, share.from(), share.to()));
        return Arrays.stream(sums).sum() / (to - from);
    }

    @Override
    public float[] logits(Samples inputs, int from, int to) {
        Share share = Share.of(from, to, agreement.rank(), agreement.size());
        int count = (to - from) * outputSize;
        float[] all = new float[count + agreement.room()];
        agreement.before(() -> {
            if (!share.isEmpty()) {
                float[] mine = own.logits(inputs, share.from(), share.to());
                System.arraycopy(mine, 0, all, (share.from() - from) * outputSize, mine.length);
            }
        });
        agreement.sum(all, count, 0);
        return Arrays.copyOf(all, count);
    }

    @Override
    public float[] reconstruct(float[] values) {
        return own.reconstruct(values);
    }

    @Override
    public float[] encode(float[] values) {
        return own.encode(values);
    }

    @Override
    public void keep() {
        agreement.apart(() -> {
            agreement.together(own::keep);
            return true;
        });
    }

    @Override
    public void restore() {
        agreement.together(own::restore);
    }

    @Override
    public Weights weights() {
        return own.weights();
    }

    @Override
    public void load(Weights weights) {
        agreement.together(() -> own.load(weights));
    }

    @Override
    public void close() {
        own.close();
    }
}
