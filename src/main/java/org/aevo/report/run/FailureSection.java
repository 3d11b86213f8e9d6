package org.aevo.report.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.aevo.record.RunData;
import org.aevo.record.RunTable;
import org.aevo.report.DataTable;
import org.aevo.report.Numbers;
import org.aevo.report.Section;
import org.aevo.search.EvaluationStatus;

/** What went wrong, and what was tried again. */
final class FailureSection {
    private static final int MESSAGE = 160;
    private static final int MESSAGES = 30;
    private static final String WHY =
            "a worker or the master was gone, or one that was sent in advance (cluster.prefetch) was taken back";

    private final RunData run;
    private final Evaluated evaluated;
    private final Names names;

    FailureSection(RunData run, Evaluated evaluated, Names names) {
        this.run = run;
        this.evaluated = evaluated;
        this.names = names;
    }

    Section section() {
        List<Section.Block> blocks = new ArrayList<>();
        int lost = run.workers().rowsWhere("lost", 1).length;
        long again = retried();
        long failed =
                java.util.Arrays.stream(evaluated.status).filter(s -> s != 0).count();
        blocks.add(new Section.Text(failed + " of " + Numbers.count(evaluated.rows, "evaluation")
                + " ended other than well, " + again
                + (again == 1 ? " was" : " were") + " sent out more than once, "
                + (again > 0 ? "because " + WHY + ", " : "")
                + lost
                + (lost == 1 ? " worker was" : " workers were") + " lost; "
                + (run.sessions().rows() == 1
                        ? "the run was never resumed."
                        : "the run was resumed " + Numbers.count(run.sessions().rows() - 1, "time") + ".")));
        blocks.add(statuses());
        if (run.messages().stream().anyMatch(message -> !message.isEmpty())) {
            blocks.add(messages());
        }
        if (lost > 0) {
            blocks.add(lost());
        }
        if (again > 0) {
            blocks.add(attempts());
        }
        if (run.sessions().rows() > 1) {
            blocks.add(sessions());
        }
        return new Section(names.of("failures"), "Failures and retries", blocks);
    }

    private long retried() {
        return java.util.Arrays.stream(evaluated.table.longs("attempt"))
                .filter(a -> a > 1)
                .count();
    }

    private DataTable statuses() {
        List<List<Object>> rows = new ArrayList<>();
        for (EvaluationStatus status : EvaluationStatus.values()) {
            int count = evaluated.table.rowsWhere("status", status.ordinal()).length;
            if (count > 0) {
                rows.add(List.of(text(status.ordinal()), count, (double) count / evaluated.rows));
            }
        }
        return new DataTable(
                names.of("statuses"), "How evaluations ended.", List.of("status", "evaluations", "share"), rows);
    }

    static String text(long status) {
        EvaluationStatus[] known = EvaluationStatus.values();
        return status < 0 || status >= known.length
                ? "status " + status
                : known[(int) status].name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private record Kind(String status, String message) {}

    private DataTable messages() {
        Map<Kind, List<Long>> kinds =
                new TreeMap<>((a, b) -> (a.status() + '\0' + a.message()).compareTo(b.status() + '\0' + b.message()));
        for (int i = 0; i < evaluated.rows; i++) {
            String message = run.messages().get(i);
            if (!message.isEmpty()) {
                String first = message.lines().findFirst().orElse("").strip();
                // numbers differ from one case to the next
                Kind kind = new Kind(text(evaluated.status[i]), Fit.text(first.replaceAll("\\d+", "N"), MESSAGE));
                kinds.computeIfAbsent(kind, k -> new ArrayList<>()).add((long) i);
            }
        }
        List<List<Object>> rows = new ArrayList<>();
        kinds.entrySet().stream()
                .sorted((a, b) ->
                        Integer.compare(b.getValue().size(), a.getValue().size()))
                .limit(MESSAGES)
                .forEach(entry -> {
                    int example = entry.getValue().get(0).intValue();
                    String first = run.messages()
                            .get(example)
                            .lines()
                            .findFirst()
                            .orElse("")
                            .strip();
                    rows.add(List.of(
                            entry.getKey().status(),
                            entry.getValue().size(),
                            Fit.text(first, MESSAGE),
                            evaluated.id[example]));
                });
        return new DataTable(
                names.of("messages"),
                "What was said of them; messages that differ in numbers alone count as one, of which an example is"
                        + " shown."
                        + (kinds.size() > MESSAGES
                                ? " The " + MESSAGES + " most frequent of " + kinds.size() + "."
                                : ""),
                List.of("status", "evaluations", "message", "example"),
                rows);
    }

    private DataTable lost() {
        RunTable workers = run.workers();
        List<List<Object>> rows = new ArrayList<>();
        for (int row : workers.rowsWhere("lost", 1)) {
            rows.add(List.of(
                    workers.longs("rank")[row],
                    workers.longs("worker")[row],
                    workers.texts("host")[row],
                    workers.doubles("joined_s")[row],
                    workers.doubles("left_s")[row],
                    workers.longs("evaluations")[row]));
        }
        return new DataTable(
                names.of("lost-workers"),
                "Workers that died, or whose master did.",
                List.of("worker", "process", "host", "joined_s", "left_s", "evaluations"),
                rows);
    }

    private DataTable attempts() {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < evaluated.rows; i++) {
            long attempt = evaluated.table.longs("attempt")[i];
            if (attempt > 1) {
                rows.add(List.of(evaluated.id[i], attempt, text(evaluated.status[i]), evaluated.fitness[i]));
            }
        }
        return new DataTable(
                names.of("retries"),
                "Evaluations that were sent out more than once: " + WHY + ".",
                List.of("evaluation", "attempts", "status", "fitness"),
                rows);
    }

    private DataTable sessions() {
        RunTable sessions = run.sessions();
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < sessions.rows(); i++) {
            rows.add(List.of(
                    i + 1,
                    Numbers.duration(sessions.doubles("start_s")[i]),
                    Double.isNaN(sessions.doubles("end_s")[i])
                            ? "killed, or going on"
                            : Numbers.duration(sessions.doubles("end_s")[i]),
                    sessions.longs("workers")[i]));
        }
        return new DataTable(
                names.of("sessions"),
                "One row for each master process; times since the start of the run.",
                List.of("session", "start", "end", "workers"),
                rows);
    }
}
