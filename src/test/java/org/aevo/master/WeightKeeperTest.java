package org.aevo.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aevo.genome.GenomeText;
import org.aevo.mpi.Link;
import org.aevo.mpi.Message;
import org.aevo.record.EvaluationRow;
import org.aevo.record.Holding;
import org.aevo.record.RunHistory;
import org.aevo.record.WeightStore;
import org.aevo.search.Budget;
import org.aevo.search.Candidate;
import org.aevo.search.Control;
import org.aevo.search.Evaluator;
import org.aevo.search.ForwardingEvaluator;
import org.aevo.search.Inheritance;
import org.aevo.search.Inheritance.Origin;
import org.aevo.search.Job;
import org.aevo.search.Mode;
import org.aevo.search.ParentWeights;
import org.aevo.search.TrainedNetwork;
import org.aevo.search.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Workers that hand weights on, of which some see the folder and others ask the master. */
@Timeout(120)
class WeightKeeperTest {
    private static final int EVALUATIONS = 60;

    @TempDir
    private Path dir;

    private final Queue<String> notKept = new ConcurrentLinkedQueue<>();
    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();
    private final AtomicInteger most = new AtomicInteger();

    private InProcessRun run(Mode mode) {
        Budget budget = Budget.ofEvaluations(EVALUATIONS);
        return new InProcessRun(dir, mode, 7, budget, 2).listener(new InProcessRun.QuietListener() {
            @Override
            public void warning(String message) {
                warnings.add(message);
            }
        });
    }

    /** Trains nothing, but leaves and takes weights as training does: the number in them is their candidate's id. */
    private final class Heirs extends ForwardingEvaluator {
        private final ParentWeights parents;

        Heirs(ParentWeights parents) {
            super(InProcessRun.simulated(0.004, 1));
            this.parents = parents;
        }

        @Override
        public Outcome evaluate(Job job, Control control) {
            Outcome outcome = super.evaluate(job, control);
            Candidate candidate = job.candidate();
            Inheritance inheritance = candidate.parentA() == Candidate.NONE ? Inheritance.NONE : from(candidate);
            float[] number = {candidate.id()};
            Weights weights = new Weights(List.of(new Weights.Array("id", new int[] {1}, number)));
            try {
                parents.put(new TrainedNetwork(candidate.id(), candidate.design(), inheritance.epochs() + 1, weights));
            } catch (IOException e) {
                notKept.add(e.getMessage());
            }
            try (Stream<Path> files = Files.list(dir.resolve("weights"))) {
                most.accumulateAndGet((int) files.count(), Math::max);
            } catch (IOException e) {
                // somebody took it away, which is the test
            }
            return new Outcome(outcome.evaluation().from(inheritance), Optional.empty());
        }

        private Inheritance from(Candidate candidate) {
            ParentWeights.Answer answer = parents.get(candidate.parentA());
            if (answer instanceof ParentWeights.NotFound not) {
                return Inheritance.of(not.why());
            }
            TrainedNetwork parent = ((ParentWeights.Found) answer).network();
            assertEquals(candidate.parentA(), parent.id());
            assertEquals(parent.id(), parent.weights().arrays().get(0).values()[0]);
            return new Inheritance(Origin.PARENT, 1, parent.epochs());
        }
    }

    /** A worker on another host sees a folder of the same name, which is not the run's. */
    private Evaluator oneOfTwoSeesIt(int worker, Message.Store store, ParentWeights atMaster) {
        WeightStore seen =
                new WeightStore(worker == 0 ? Path.of(store.folder()) : dir.resolve("elsewhere"), store.run(), 1 << 20);
        assertEquals(worker == 0, seen.isHere());
        return new Heirs(seen.isHere() ? seen : atMaster);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void everyChildFindsItsParentWhoeverEvaluatedIt(Mode mode) throws Exception {
        InProcessRun run = run(mode).inheriting(this::oneOfTwoSeesIt);
        RunHistory history = run.run().history();
        Map<Long, Long> epochs = new HashMap<>();
        List<Long> workers = new ArrayList<>();
        int children = 0;
        for (long id = 0; id < EVALUATIONS; id++) {
            EvaluationRow row = history.evaluation(id).orElseThrow();
            Candidate candidate = row.candidate();
            Inheritance inheritance = row.evaluation().effort().inheritance();
            workers.add(row.worker());
            if (candidate.parentA() == Candidate.NONE) {
                assertEquals(Inheritance.NONE, inheritance);
            } else {
                children++;
                assertEquals(new Inheritance(Origin.PARENT, 1, epochs.get(candidate.parentA())), inheritance);
            }
            epochs.put(id, row.evaluation().effort().cumulatedEpochs());
        }
        assertTrue(children > 20, "children: " + children);
        assertEquals(2, Set.copyOf(workers).size(), "both worked");
        assertEquals(List.of(), List.copyOf(notKept));
        assertEquals(List.of(), List.copyOf(warnings));
        // the population of six, what the last generation was, the mark; no more, once the run is over
        Set<String> left = names();
        assertTrue(left.contains("run") && left.size() <= 6 + 6 + 1, left.toString());
    }

    /** What takes part in the run keeps nobody up, and each child says what became of its parent's weights. */
    @Test
    void theFolderIsTakenAwayWhileTheRunGoesOn() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        InProcessRun run = run(Mode.SYNC);
        run.inheriting((worker, store, atMaster) -> new ForwardingEvaluator(new Heirs(atMaster)) {
            @Override
            public Outcome evaluate(Job job, Control control) {
                if (begun.incrementAndGet() == 20) {
                    takeAway();
                }
                return super.evaluate(job, control);
            }
        });
        RunHistory history = run.run().history();
        Map<Origin, Integer> origins = origins(history);
        assertTrue(origins.get(Origin.MISSING) > 0, origins.toString());
        assertTrue(origins.get(Origin.PARENT) > 20, "it was made again: " + origins);
        assertEquals(Set.of(Origin.INITIAL, Origin.MISSING, Origin.PARENT), origins.keySet());
        assertTrue(run.store().isHere());
        assertEquals(List.of(), List.copyOf(notKept));
    }

    private void takeAway() {
        try {
            Files.move(dir.resolve("weights"), dir.resolve("gone"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The master itself cannot write: evaluations stand, the run goes on, and it is said once. */
    @Test
    void whatCannotBeKeptCostsNoEvaluation() throws Exception {
        InProcessRun run = run(Mode.ASYNC);
        run.inheriting((worker, store, atMaster) -> {
            try {
                takeAway(dir.resolve("gone-" + worker));
                Files.writeString(dir.resolve("weights"), "a file has the folder's name");
            } catch (IOException e) {
                // the other worker did
            }
            return new Heirs(atMaster);
        });
        RunHistory history = run.run().history();
        assertEquals(EVALUATIONS, history.evaluated());
        Map<Origin, Integer> origins = origins(history);
        assertTrue(origins.get(Origin.DAMAGED) > 20, origins.toString());
        assertEquals(EVALUATIONS, notKept.size());
        assertTrue(notKept.peek().startsWith("at the master: " + dir.resolve("weights")), notKept.peek());
        assertTrue(warnings.stream().distinct().count() == warnings.size(), warnings.toString());
    }

    private void takeAway(Path place) throws IOException {
        if (Files.isDirectory(dir.resolve("weights"))) {
            Files.move(dir.resolve("weights"), place);
        }
    }

    @Test
    void aResumedRunGoesOnWithTheWeightsThatItHad() throws Exception {
        InProcessRun first = run(Mode.SYNC).inheriting(this::oneOfTwoSeesIt);
        InProcessRun.StoppingListener stopping = new InProcessRun.StoppingListener(30);
        first.listener(stopping).run();
        Files.writeString(dir.resolve("weights/3.weights.tmp-7-ab"), "of a worker that was killed");
        RunHistory history =
                run(Mode.SYNC).inheriting(this::oneOfTwoSeesIt).run().history();
        assertEquals(Set.of(Origin.INITIAL, Origin.PARENT), origins(history).keySet());
        assertTrue(names().stream().noneMatch(name -> name.contains(".tmp-")), names().toString());
    }

    /** A worker that got no answer would wait for minutes. */
    @Test
    void answersWhateverHappensToIt() throws Exception {
        List<Message> sent = new CopyOnWriteArrayList<>();
        Link link = (Link) Proxy.newProxyInstance(
                Link.class.getClassLoader(), new Class<?>[] {Link.class}, (proxy, method, arguments) -> {
                    sent.add((Message) arguments[0]);
                    return null;
                });
        TrainedNetwork impossible = new TrainedNetwork(
                -1,
                GenomeText.parse("dense(16,relu) | latent(2) | upsampling | adam(lr0.001,batch32)"),
                0,
                new Weights(List.of(new Weights.Array("id", new int[] {1}, new float[1]))));
        WeightStore store = new WeightStore(dir.resolve("weights"), "this run", 1 << 20);
        try (WeightKeeper keeper = new WeightKeeper(store, Holding.NOTHING, warnings::add)) {
            assertTrue(keeper.hear(link, new Message.Keep(3, impossible)));
            assertTrue(keeper.hear(link, new Message.Fetch(4, 0)));
        }
        Message.Kept kept = (Message.Kept) sent.get(0);
        assertEquals(3, kept.request());
        assertTrue(kept.problem().startsWith("network number -1 cannot be kept: "), kept.problem());
        assertEquals(List.of(kept.problem()), List.copyOf(warnings));
        assertEquals(4, ((Message.Fetched) sent.get(1)).request());
    }

    private static Map<Origin, Integer> origins(RunHistory history) {
        Map<Origin, Integer> origins = new HashMap<>();
        for (long id = 0; id < EVALUATIONS; id++) {
            EvaluationRow row = history.evaluation(id).orElseThrow();
            origins.merge(row.evaluation().effort().inheritance().origin(), 1, Integer::sum);
        }
        return origins;
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> files = Files.list(dir.resolve("weights"))) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
