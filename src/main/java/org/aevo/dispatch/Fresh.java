package org.aevo.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.aevo.search.Candidate;

/** Candidates that were asked for and never sent: the longest first, and of equals the oldest; without expectations the oldest. */
final class Fresh {
    private final Optional<ExpectedDuration> expected;
    private final Deque<Assignment> waiting = new ArrayDeque<>();

    private record Ranked(Candidate candidate, double duration) {
        private static final Comparator<Ranked> LONGEST_FIRST = Comparator.comparingDouble(Ranked::duration)
                .reversed()
                .thenComparingLong(ranked -> ranked.candidate().id());
    }

    Fresh(Optional<ExpectedDuration> expected) {
        this.expected = expected;
    }

    /** Adds what the strategy gave together; what was there already goes first. */
    void add(Collection<Candidate> candidates) {
        List<Ranked> ranked = new ArrayList<>();
        for (Candidate candidate : candidates) {
            ranked.add(new Ranked(
                    candidate, expected.map(duration -> duration.of(candidate)).orElse(0.0)));
        }
        ranked.sort(Ranked.LONGEST_FIRST);
        ranked.forEach(next -> waiting.add(Assignment.of(next.candidate())));
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    Optional<Assignment> poll() {
        return Optional.ofNullable(waiting.poll());
    }

    void forEach(Consumer<Assignment> each) {
        waiting.forEach(each);
    }
}
