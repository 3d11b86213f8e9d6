package org.aevo.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.aevo.record.Entry;
import org.aevo.record.EvaluationRow;
import org.aevo.record.RunHistory;
import org.aevo.report.Numbers;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.Inheritance;
import org.aevo.search.StrategyKind;

/** One candidate of a run, for people: how it was made, what came of it, whether it is a member of the population. */
final class CandidateSummary {
    private static final int MOST_CHILDREN = 20;

    private final RunHistory history;
    private final Candidate candidate;

    /** @throws org.aevo.config.InputException if there is none with this id */
    CandidateSummary(RunHistory history, long id) {
        ShownCandidate.requireAsked(history, id);
        this.history = history;
        this.candidate = history.candidate(id);
    }

    void print(PrintStream out) {
        Entry.RunStarted started = history.started().orElseThrow();
        out.println("candidate " + candidate.id() + " of " + started.name()
                + (started.simulated() ? " -- SIMULATED EVALUATIONS: times and fitness are invented" : ""));
        line(out, "genome", DesignName.of(candidate.design()));
        line(out, "made by", candidate.operator() + parents());
        Optional<EvaluationRow> row = history.evaluation(candidate.id());
        if (row.isPresent()) {
            evaluated(out, row.get());
        } else {
            line(out, "evaluation", "not finished");
        }
        line(out, "population", population(row, started.strategy()));
        line(out, "children", children());
    }

    private static void line(PrintStream out, String name, String text) {
        out.printf("%-11s %s%n", name, text);
    }

    private void evaluated(PrintStream out, EvaluationRow row) {
        Evaluation evaluation = row.evaluation();
        String status = evaluation.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        line(
                out,
                "fitness",
                evaluation.hasFitness() ? Numbers.text(evaluation.fitness()) + rank(row) : "none: " + status);
        if (!evaluation.message().isEmpty()) {
            line(out, "message", evaluation.message());
        }
        line(
                out,
                "evaluation",
                "arrived at " + seconds(row.arrived()) + ", took " + seconds(evaluation.seconds()) + ", "
                        + Numbers.count(evaluation.effort().epochs(), "epoch") + ", "
                        + Numbers.count(evaluation.effort().parameters(), "parameter")
                        + (row.attempt() > 1 ? ", attempt " + row.attempt() : ""));
        new TeamText(history).of(row).ifPresent(text -> line(out, "by", text));
        weights(evaluation).ifPresent(text -> line(out, "weights", text));
    }

    /** What it began with; empty for initial weights, as nothing else was asked for. */
    private Optional<String> weights(Evaluation evaluation) {
        Inheritance inheritance = evaluation.effort().inheritance();
        String text =
                switch (inheritance.origin()) {
                    case INITIAL -> "";
                    case PARENT ->
                        String.format(
                                Locale.ROOT,
                                "at first those of %d in %.0f %% of the numbers, trained for %s before",
                                candidate.parentA(),
                                100 * inheritance.share(),
                                Numbers.count(inheritance.epochs(), "epoch"));
                    case RESET -> "initial: they were reset";
                    case MISSING -> "initial, since those of " + candidate.parentA() + " were missing";
                    case DAMAGED -> "initial, since those of " + candidate.parentA() + " were damaged";
                    case STALE -> "initial, since those of " + candidate.parentA() + " were of another";
                };
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private String rank(EvaluationRow row) {
        return history.best().orElse(Candidate.NONE) == row.candidate().id() ? ", the best of the run" : "";
    }

    private String parents() {
        if (candidate.parentA() == Candidate.NONE) {
            return "";
        }
        return " of " + parent(candidate.parentA())
                + (candidate.parentB() == Candidate.NONE ? "" : " and " + parent(candidate.parentB()));
    }

    private String parent(long id) {
        return id
                + history.evaluation(id)
                        .filter(row -> row.evaluation().hasFitness())
                        .map(row -> " (fitness " + Numbers.text(row.evaluation().fitness()) + ")")
                        .orElse("");
    }

    private String population(Optional<EvaluationRow> evaluated, String strategy) {
        if (!StrategyKind.breedsFromPopulation(strategy)) {
            return "strategy " + strategy + " breeds from none that anyone could leave";
        }
        if (evaluated.isEmpty()) {
            return "not a member: not evaluated yet";
        }
        EvaluationRow row = evaluated.get();
        if (row.insertion() < 0) {
            return "not a member yet: the search has not taken its evaluation in";
        }
        if (!row.evaluation().hasFitness()) {
            return "never a member: it has no fitness";
        }
        double taken = history.insertionSeconds((int) row.insertion());
        if (!Double.isNaN(row.left())) {
            return row.left() > taken
                    ? "member from " + seconds(taken) + " until it left at " + seconds(row.left())
                    : "did not stay: it left at " + seconds(row.left()) + ", when it was taken in";
        }
        return history.knowsWhoLeft()
                ? "member since " + seconds(taken)
                : "taken in at " + seconds(taken)
                        + "; whether it left was not recorded by the program that led the run";
    }

    private String children() {
        List<Long> children = history.children(candidate.id());
        return children.isEmpty()
                ? "none"
                : children.size() + ": "
                        + children.stream()
                                .limit(MOST_CHILDREN)
                                .map(String::valueOf)
                                .collect(Collectors.joining(", "))
                        + (children.size() > MOST_CHILDREN ? ", ..." : "");
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
