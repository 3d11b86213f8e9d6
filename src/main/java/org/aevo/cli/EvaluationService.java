package org.aevo.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.genome.SearchSpace;
import org.aevo.master.RunListener;
import org.aevo.network.Design;
import org.aevo.record.EvaluationRow;
import org.aevo.record.Json;
import org.aevo.record.RunHistory;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.Requests;

/**
 * Evaluates what another program asks for: lines of JSON come in, a line of JSON goes out for each, when its evaluation is durable.
 * A thread of its own reads; the master's asks for what has come, and says what came of it.
 *
 * <p>Of a run that is gone on with, each evaluation that it has answers one request for the same design, and each that was under way is
 * what one such request is waiting for: a program that asks the same again gets where it was.
 */
final class EvaluationService implements Requests {
    /** Requests that wait for a worker; who asks for more is not listened to meanwhile. */
    private static final int MOST_WAITING = 10_000;

    private final BufferedReader in;
    private final PrintStream out;
    private final RunConfig config;
    private final SearchSpace space;

    private final Queue<Asked> waiting = new ArrayDeque<>();
    /** What each candidate is wanted for, by its id. */
    private final Map<Long, ServedRequest> wanted = new HashMap<>();
    /** By design: candidates that nobody has asked for in this session, with their evaluation if there is one. */
    private final Map<Design, Deque<Unasked>> recorded = new HashMap<>();

    private Runnable news = () -> {};
    private boolean over;

    private record Asked(ServedRequest request, Design design) {}

    private record Unasked(long candidate, Optional<Evaluation> evaluation) {}

    /** @param out where nothing else is written to */
    EvaluationService(InputStream in, PrintStream out, Checked checked) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
        this.config = checked.config();
        this.space = checked.space();
    }

    /** Takes what a run has that is gone on with: before it starts. */
    synchronized void recall(RunHistory history) {
        for (long id = 0; id < history.asked(); id++) {
            Optional<Evaluation> evaluation = history.evaluation(id).map(EvaluationRow::evaluation);
            recorded.computeIfAbsent(history.candidate(id).design(), design -> new ArrayDeque<>())
                    .add(new Unasked(id, evaluation));
        }
    }

    /** @param whenSomethingComes called on another thread */
    synchronized void start(Runnable whenSomethingComes) {
        news = whenSomethingComes;
        Thread reader = new Thread(this::read, "requests");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try {
            long number = 0;
            for (String line = ServedRequest.line(in); line != null; line = ServedRequest.line(in)) {
                number++;
                if (!line.isBlank()) {
                    hear(line, number);
                }
            }
        } catch (IOException e) {
            System.err.println("aevo: requests can no longer be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            finish();
        }
    }

    private synchronized void finish() {
        over = true;
        notifyAll();
        news.run();
    }

    private void hear(String line, long number) throws InterruptedException {
        ServedRequest request;
        Design design;
        try {
            request = ServedRequest.of(line, number);
        } catch (InputException e) {
            say(Map.of("error", e.getMessage()));
            return;
        }
        try {
            design = SeedDesigns.asked(config, space, request.design(space));
        } catch (InputException e) {
            say(request.answer(Map.of("error", e.getMessage())));
            return;
        }
        take(request, design);
    }

    private synchronized void take(ServedRequest request, Design design) throws InterruptedException {
        Deque<Unasked> known = recorded.get(design);
        if (known != null) {
            Unasked first = known.remove();
            if (known.isEmpty()) {
                recorded.remove(design);
            }
            if (first.evaluation().isPresent()) {
                answer(request, first.evaluation().get(), true);
            } else {
                wanted.put(first.candidate(), request);
            }
            return;
        }
        while (waiting.size() >= MOST_WAITING && !over) {
            wait();
        }
        waiting.add(new Asked(request, design));
        news.run();
    }

    @Override
    public synchronized Optional<Design> next(long id) {
        Asked next = waiting.poll();
        if (next == null) {
            return Optional.empty();
        }
        wanted.put(id, next.request());
        notifyAll();
        return Optional.of(next.design());
    }

    @Override
    public synchronized boolean areOver() {
        return over && waiting.isEmpty();
    }

    private synchronized void evaluated(Candidate candidate, Evaluation evaluation) {
        ServedRequest request = wanted.remove(candidate.id());
        if (request != null) {
            answer(request, evaluation, false);
            return;
        }
        Deque<Unasked> same = recorded.getOrDefault(candidate.design(), new ArrayDeque<>());
        same.removeIf(unasked -> unasked.candidate() == candidate.id());
        same.add(new Unasked(candidate.id(), Optional.of(evaluation)));
        recorded.put(candidate.design(), same);
    }

    private void answer(ServedRequest request, Evaluation evaluation, boolean before) {
        Map<String, Object> answer = new LinkedHashMap<>(ServedRequest.of(evaluation));
        answer.put("recorded", before);
        say(request.answer(answer));
    }

    private synchronized void say(Map<String, Object> answer) {
        out.println(Json.line(answer));
        out.flush();
        if (out.checkError() && !over) {
            System.err.println("aevo: nobody reads the answers any more: what is waiting is not evaluated");
            waiting.clear();
            over = true;
            notifyAll();
        }
    }

    /** Tells of evaluations when they are durable, and passes everything on. */
    RunListener listening(RunListener listener) {
        return new RunListener() {
            @Override
            public void evaluated(Candidate candidate, Evaluation evaluation, Status status, boolean improved) {
                EvaluationService.this.evaluated(candidate, evaluation);
                listener.evaluated(candidate, evaluation, status, improved);
            }

            @Override
            public void note(String message) {
                listener.note(message);
            }

            @Override
            public void warning(String message) {
                listener.warning(message);
            }

            @Override
            public void tick(Status status) {
                listener.tick(status);
            }
        };
    }
}
