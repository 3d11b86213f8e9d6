package org.aevo.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.aevo.Locks;
import org.aevo.genome.GenomeText;
import org.aevo.mpi.Link;
import org.aevo.mpi.LinkEvent;
import org.aevo.mpi.Message;
import org.aevo.search.Candidate;
import org.aevo.search.Control;
import org.aevo.search.Durations;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Evaluator;
import org.aevo.search.Job;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Locks.LINKS, mode = ResourceAccessMode.READ)
class WorkerLoopTest {
    private static final Introduction INTRODUCTION = new Introduction(
            "here", Optional.of("3"), Optional.of(new Message.Ended(17, "was killed by signal 9 (SIGKILL)")));
    private static final String GENOME = "dense(16,relu) | latent(2) | upsampling | adam(lr0.001,batch32)";

    private final BlockingQueue<Message> sent = new LinkedBlockingQueue<>();
    /** Whether evaluations end only when their thread is interrupted. */
    private boolean patient;

    private final CountDownLatch abandoned = new CountDownLatch(1);

    private final AtomicReference<WorkerLoop.End> told = new AtomicReference<>();

    /** Keeps what is sent; the test says what the master does. */
    private final Link link = new Link() {
        @Override
        public int number() {
            return 0;
        }

        @Override
        public String peer() {
            return "master";
        }

        @Override
        public void send(Message message) {
            sent.add(message);
        }

        @Override
        public void post(Message message) {
            send(message);
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public Traffic traffic() {
            return Traffic.NONE;
        }

        @Override
        public void close() {}
    };

    private void say(Message message) {
        loop.on(new LinkEvent.Received(link, message));
    }

    private <M extends Message> M next(Class<M> kind) throws InterruptedException {
        while (true) {
            Message message = sent.take();
            if (kind.isInstance(message)) {
                return kind.cast(message);
            }
        }
    }

    private final WorkerLoop loop = loop();

    private WorkerLoop loop() {
        Thread self = Thread.currentThread();
        return new WorkerLoop(INTRODUCTION, (yaml, doing) -> new Evaluations(patient), end -> {
            told.set(end);
            abandoned.countDown();
            self.interrupt();
        });
    }

    private static Candidate candidate(long id) {
        return new Candidate(id, 0, Candidate.NONE, Candidate.NONE, "random", GenomeText.parse(GENOME));
    }

    /** Answers at once, or, asked for a patient one, when its thread is interrupted. */
    private record Evaluations(boolean patient) implements Evaluator {
        @Override
        public Outcome evaluate(Job job, Control control) {
            try {
                if (patient) {
                    new CountDownLatch(1).await();
                }
            } catch (InterruptedException e) {
                Thread.interrupted();
            }
            return new Outcome(
                    Evaluation.failed(job.candidate().id(), EvaluationStatus.FAILED, Durations.ZERO, "none"),
                    Optional.empty());
        }

        @Override
        public String device() {
            return "cpu";
        }

        @Override
        public boolean simulated() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void aWorkerSaysWhoItIsAndAnswers() throws Exception {
        say(new Message.Welcome(1, "", 30));
        say(new Message.Assign(candidate(4), 2, 9, Double.NaN));
        Thread master = new Thread(() -> {
            try {
                Message.Ready ready = next(Message.Ready.class);
                assertEquals("cpu, GPU 3", ready.device());
                assertEquals(INTRODUCTION.predecessor(), ready.predecessor());
                Message.Result result = next(Message.Result.class);
                assertEquals(4, result.id());
                assertEquals(2, result.attempt());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                say(new Message.Stop("enough"));
            }
        });
        Throwable[] failure = new Throwable[1];
        master.setUncaughtExceptionHandler((thread, e) -> failure[0] = e);
        master.start();
        assertEquals(WorkerLoop.End.STOPPED, loop.run(link));
        master.join();
        assertEquals(null, failure[0]);
    }

    @Test
    void whatIsNotBegunCanBeTakenBack() throws Exception {
        say(new Message.Welcome(1, "", 30));
        say(new Message.Assign(candidate(0), 1, 9, Double.NaN));
        say(new Message.Assign(candidate(1), 3, 9, Double.NaN));
        say(new Message.Assign(candidate(2), 1, 9, Double.NaN));
        say(new Message.Withdraw(1, 2));
        assertEquals(null, sent.poll(), "of another attempt");
        say(new Message.Withdraw(1, 3));
        assertEquals(new Message.Returned(1, 3), sent.poll());
        say(new Message.Withdraw(1, 3));
        assertEquals(null, sent.poll(), "it has it no more");
        Thread master = new Thread(() -> {
            try {
                assertEquals(0, next(Message.Result.class).id());
                say(new Message.Withdraw(0, 1)); // too late
                assertEquals(2, next(Message.Result.class).id());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                say(new Message.Stop("enough"));
            }
        });
        Throwable[] failure = new Throwable[1];
        master.setUncaughtExceptionHandler((thread, e) -> failure[0] = e);
        master.start();
        assertEquals(WorkerLoop.End.STOPPED, loop.run(link));
        master.join();
        assertEquals(null, failure[0]);
        assertEquals(0, sent.stream().filter(Message.Returned.class::isInstance).count());
    }

    @Test
    void aSilentMasterIsGivenUp() throws Exception {
        say(new Message.Welcome(1, "", 1));
        assertEquals(WorkerLoop.End.LOST, loop.run(link));
        assertEquals(1, abandoned.getCount());
    }

    @Test
    void anEvaluationForASilentMasterIsAbandoned() throws Exception {
        patient = true;
        say(new Message.Welcome(1, "", 1));
        say(new Message.Assign(candidate(0), 1, 9, Double.NaN));
        assertEquals(WorkerLoop.End.LOST, loop.run(link));
        assertTrue(abandoned.await(0, java.util.concurrent.TimeUnit.SECONDS));
        assertEquals(WorkerLoop.End.LOST, told.get()); // by which its process knows that another is to follow it
    }

    @Test
    void signsOfLifeKeepAWorker() throws Exception {
        say(new Message.Welcome(1, "", 3));
        Thread master = new Thread(() -> {
            try {
                for (int n = 0; n < 3; n++) {
                    next(Message.Heartbeat.class); // every two seconds
                    say(new Message.Heartbeat(Candidate.NONE));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                say(new Message.Stop("enough"));
            }
        });
        master.start();
        assertEquals(WorkerLoop.End.STOPPED, loop.run(link));
    }

    @Test
    void whileItPreparesItSaysSoAndCanBeEnded() throws Exception {
        CountDownLatch hung = new CountDownLatch(1);
        Thread self = Thread.currentThread();
        WorkerLoop preparing = new WorkerLoop(
                INTRODUCTION,
                (yaml, doing) -> {
                    doing.accept("loading " + yaml);
                    try {
                        hung.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return new Evaluations(false);
                },
                end -> {
                    told.set(end);
                    self.interrupt();
                });
        preparing.on(new LinkEvent.Received(link, new Message.Welcome(1, "data", 30)));
        Thread master = new Thread(() -> {
            try {
                Message.Preparing said = next(Message.Preparing.class);
                while (!said.doing().equals("loading data")) {
                    said = next(Message.Preparing.class);
                }
                if (said.pid() == ProcessHandle.current().pid() && said.host().equals("here")) {
                    preparing.on(new LinkEvent.Received(link, new Message.Stop("over")));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        master.start();
        preparing.run(link);
        assertEquals(WorkerLoop.End.STOPPED, told.get());
        master.join();
    }
}
