package org.aevo.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.aevo.config.InputException;
import org.aevo.record.EvaluationRow;
import org.aevo.record.FrontProgress;
import org.aevo.record.Objectives;
import org.aevo.record.RunHistory;
import org.aevo.report.Numbers;
import org.aevo.search.Criterion;

/** The front of a run of several objectives, for people: by the first objective, lowest first. */
final class FrontTable {
    private static final int LEAST_WIDTH = 10;

    private final RunHistory history;
    private final Objectives objectives;
    private final FrontProgress progress;

    /** @throws InputException if the run has no objectives */
    FrontTable(RunHistory history) {
        this.history = history;
        Optional<FrontProgress> found = FrontProgress.of(history);
        if (found.isEmpty()) {
            throw new InputException("--front: the run has no task.objectives, so that it has no front but its best;"
                    + " a new run with task.objectives: [validation-loss, parameters], say, has one");
        }
        this.progress = found.get();
        this.objectives = history.started().orElseThrow().objectives();
    }

    /** Members of the front by their objectives, from the lowest of the first on. */
    static List<EvaluationRow> sorted(List<EvaluationRow> front) {
        List<EvaluationRow> sorted = new ArrayList<>(front);
        sorted.sort(Comparator.comparingDouble(
                row -> row.evaluation().score().objectives().get(0)));
        return sorted;
    }

    void print(PrintStream out) {
        List<EvaluationRow> front = sorted(progress.front(history));
        out.println("objectives: " + objectives.text() + ", all lower is better");
        if (front.isEmpty()) {
            out.println("There is no front yet: no evaluation has a result.");
            return;
        }
        out.println(Numbers.count(front.size(), "evaluation") + " of " + history.evaluated()
                + " on the front; hypervolume " + Numbers.text(progress.hypervolume()) + " from ("
                + String.join(
                        ", ", progress.reference().stream().map(Numbers::text).toList())
                + ")"
                + (objectives.reference().isEmpty() ? ", the worst of the run" : ", task.reference-point"));
        out.println();
        StringBuilder head = new StringBuilder(String.format("%7s %7s", "id", "fitness"));
        objectives.names().forEach(name -> head.append(cell(heading(name), heading(name))));
        out.println(head + "  genome");
        for (EvaluationRow row : front) {
            StringBuilder line = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%7d %7s",
                    row.candidate().id(),
                    Terminal.loss(row.evaluation().fitness())));
            for (int i = 0; i < objectives.names().size(); i++) {
                line.append(cell(
                        heading(objectives.names().get(i)),
                        Numbers.text(row.evaluation().score().objectives().get(i))));
            }
            out.println(line + "  " + DesignName.of(row.candidate().design()));
        }
    }

    /** The name in the input, which is short; where the figure of that name was turned round, how: {@code 1 - accuracy}. */
    private static String heading(String name) {
        String title = Criterion.title(name);
        return title.startsWith("1 - ") || title.startsWith("-") ? title : name;
    }

    private static String cell(String name, String text) {
        return String.format(" %" + Math.max(LEAST_WIDTH, name.length()) + "s", text);
    }
}
