package org.aevo.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.aevo.data.Distribution;
import org.aevo.network.EnumText;
import org.aevo.record.Entry;
import org.aevo.record.RunHistory;
import org.aevo.record.WorkerRow;
import org.aevo.report.Numbers;

/** How a run's workers came by the data, and what they saw of them, where that is not all from files. */
final class DataText {
    private DataText() {}

    /** A line; empty where each host read the files and each evaluation saw all training samples. */
    static Optional<String> of(RunHistory history) {
        return history.shared().map(shared -> {
            Optional<String> part = shared.fraction() < 1
                    ? Optional.of(String.format(
                            Locale.ROOT,
                            "each evaluation trained on a part of the training samples (data.fraction %s)",
                            shared.fraction()))
                    : Optional.empty();
            Optional<String> way = shared.distribution().equals(EnumText.of(Distribution.BROADCAST))
                    ? Optional.of(way(history.workers()))
                    : Optional.empty();
            List<String> all = Stream.of(way, part).flatMap(Optional::stream).toList();
            return "data: " + (all.isEmpty() ? "read by each host, all of it" : String.join("; ", all));
        });
    }

    private static String way(List<WorkerRow> workers) {
        List<Entry.DataCame> came =
                workers.stream().flatMap(worker -> worker.data().stream()).toList();
        List<Entry.DataCame> fetched =
                came.stream().filter(Entry.DataCame::fetched).toList();
        String sent = "sent by rank 0 to " + Numbers.count(fetched.size(), "worker");
        if (!fetched.isEmpty()) {
            sent += String.format(
                    Locale.ROOT,
                    " (%.1f MB, %.1f s at most)",
                    fetched.stream().mapToLong(Entry.DataCame::bytes).sum() / 1e6,
                    fetched.stream().mapToDouble(Entry.DataCame::seconds).max().orElse(0));
        }
        int copies = came.size() - fetched.size();
        return copies == 0 ? sent : sent + "; " + Numbers.count(copies, "worker") + " found a copy";
    }
}
