package org.aevo.record;

import io.jhdf.api.Group;
import io.jhdf.api.WritableGroup;
import java.util.Arrays;

/**
 * Errors of the samples that a model was trained on, so that those of others can be held against them: of each sample the
 * mean of the squared differences between what went into the network and what came out, both in [0, 1].
 *
 * @param fitted those of the samples that weights were fitted to, sorted; not copied
 * @param heldOut those of the samples that said when to stop, likewise
 */
public record SampleErrors(double[] fitted, double[] heldOut) {
    /** Of more errors so many quantiles at equal steps are kept. */
    static final int MOST = 1_000_001;

    static final String GROUP = "errors";

    /** Of a network whose outputs are not compared with samples. */
    static final SampleErrors NONE = new SampleErrors(new double[0], new double[0]);

    /**
     * Sorts them, and of very many keeps quantiles.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static SampleErrors of(double[] fitted, double[] heldOut) {
        return new SampleErrors(kept(fitted), kept(heldOut));
    }

    private static double[] kept(double[] errors) {
        double[] sorted = errors.clone();
        Arrays.sort(sorted);
        if (sorted.length <= MOST) {
            return sorted;
        }
        double[] some = new double[MOST];
        Arrays.setAll(some, i -> quantile(sorted, i / (MOST - 1.0)));
        return some;
    }

    /** The quantile of the fitted samples' errors, between two of them by the line through both, as numpy.quantile's. */
    public double quantile(double share) {
        return quantile(fitted, share);
    }

    private static double quantile(double[] sorted, double share) {
        if (sorted.length == 0 || !(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("no quantile " + share + " of " + sorted.length + " errors");
        }
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** Which share of the held-out samples' errors is larger. */
    public double heldOutAbove(double threshold) {
        return heldOut.length == 0
                ? Double.NaN
                : Arrays.stream(heldOut).filter(error -> error > threshold).count() / (double) heldOut.length;
    }

    void put(WritableGroup parent) {
        WritableGroup group = parent.putGroup(GROUP);
        group.putAttribute("description", "mean squared error of each sample that the model was trained on, sorted");
        Hdf5Table.describe(group.putDataset("fitted", fitted), "", "of the samples that weights were fitted to");
        Hdf5Table.describe(group.putDataset("held_out", heldOut), "", "of the samples that said when to stop");
    }

    static SampleErrors of(Group group) {
        return new SampleErrors((double[]) group.getDatasetByPath("fitted").getData(), (double[])
                group.getDatasetByPath("held_out").getData());
    }
}
