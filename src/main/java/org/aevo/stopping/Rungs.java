package org.aevo.stopping;

import java.util.List;
import java.util.TreeSet;

/** Where rungs are unless somebody says otherwise: geometrically below the last epoch, as successive halving has them. */
public final class Rungs {
    private Rungs() {}

    /**
     * {@code epochs / reduction}, {@code epochs / reduction^2}, ..., rounded down, as long as they are epochs.
     *
     * @param epochs of a whole training
     * @param most rungs at most, those nearest to the end
     */
    public static List<Integer> geometric(int epochs, double reduction, int most) {
        TreeSet<Integer> rungs = new TreeSet<>();
        double epoch = epochs / reduction;
        for (int i = 0; i < most && epoch >= 1; i++) {
            int rung = (int) epoch;
            if (rung < epochs) {
                rungs.add(rung);
            }
            epoch /= reduction;
        }
        return List.copyOf(rungs);
    }
}
