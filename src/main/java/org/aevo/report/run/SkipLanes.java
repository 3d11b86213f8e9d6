package org.aevo.report.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aevo.network.Blueprint;

/**
 * What goes from one row of a network's picture to another than the next, as arrows in lanes: short ones in the inner lanes,
 * and none over another. Row 0 has the samples, row i the node of index i - 1.
 */
final class SkipLanes {
    private final List<Arrow> arrows = new ArrayList<>();
    private final boolean[] fromBefore;
    private int count;

    /**
     * An arrow from one row to a later one.
     *
     * @param lane from 0, the innermost
     */
    record Arrow(int from, int to, int lane) {}

    SkipLanes(Blueprint network) {
        Map<String, Integer> rows = new HashMap<>(Map.of(Blueprint.INPUT, 0));
        List<Arrow> wanted = new ArrayList<>();
        fromBefore = new boolean[network.nodes().size() + 1];
        for (int row = 1; row < fromBefore.length; row++) {
            for (String input : network.nodes().get(row - 1).inputs()) {
                int from = rows.get(input);
                // twice the same: the sum with itself
                if (from == row - 1 && !fromBefore[row]) {
                    fromBefore[row] = true;
                } else {
                    wanted.add(new Arrow(from, row, 0));
                }
            }
            rows.put(network.nodes().get(row - 1).name(), row);
        }
        wanted.sort(Comparator.comparingInt(arrow -> arrow.to() - arrow.from()));
        wanted.forEach(arrow -> arrows.add(new Arrow(arrow.from(), arrow.to(), freeLane(arrow))));
    }

    private int freeLane(Arrow arrow) {
        int lane = 0;
        while (isTaken(lane, arrow)) {
            lane++;
        }
        count = Math.max(count, lane + 1);
        return lane;
    }

    /** One may begin in the row in which another ends. */
    private boolean isTaken(int lane, Arrow arrow) {
        return arrows.stream()
                .anyMatch(other -> other.lane() == lane && other.from() < arrow.to() && arrow.from() < other.to());
    }

    List<Arrow> arrows() {
        return List.copyOf(arrows);
    }

    /** Number of lanes. */
    int count() {
        return count;
    }

    /** Whether a row takes what the one before it gives. */
    boolean isFromBefore(int row) {
        return fromBefore[row];
    }
}
