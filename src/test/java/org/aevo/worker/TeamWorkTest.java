package org.aevo.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
import org.aevo.team.Collective;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Worker loops that are of a team, on threads; the test is their master. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Locks.LINKS, mode = ResourceAccessMode.READ)
class TeamWorkTest {
    private static final String GENOME = "dense(16,relu) | latent(2) | upsampling | adam(lr0.001,batch32)";

    private final LocalHall hall = new LocalHall();
    private final List<Worker> workers = new ArrayList<>();

    /** One worker, and what the master hears of it. */
    private final class Worker {
        final BlockingQueue<Message> sent = new LinkedBlockingQueue<>();
        final WorkerLoop loop;
        final Thread thread;
        volatile Optional<Collective> members = Optional.empty();
        Message.Door door;

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

        Worker(Rendezvous rendezvous, Function<Worker, EvaluationStatus> evaluation) throws Exception {
            CountDownLatch begun = new CountDownLatch(1);
            Thread[] self = new Thread[1];
            loop = new WorkerLoop(
                    new Introduction("here", Optional.empty(), Optional.empty()),
                    new WorkerLoop.Evaluators() {
                        @Override
                        public Evaluator of(
                                Message.Welcome welcome, AtMaster atMaster, java.util.function.Consumer<String> doing) {
                            return evaluator(Worker.this, evaluation);
                        }

                        @Override
                        public Optional<Rendezvous> rendezvous(Message.Welcome welcome) {
                            return Optional.of(rendezvous);
                        }
                    },
                    end -> self[0].interrupt());
            thread = new Thread(() -> {
                begun.countDown();
                try {
                    loop.run(link);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            self[0] = thread;
            workers.add(this);
            thread.start();
            begun.await();
            say(new Message.Welcome(1, "", 30));
            door = next(Message.Ready.class).door().orElseThrow();
        }

        void say(Message message) {
            loop.on(new LinkEvent.Received(link, message));
        }

        <M extends Message> M next(Class<M> kind) throws InterruptedException {
            while (true) {
                Message message = sent.poll(30, TimeUnit.SECONDS);
                assertTrue(message != null, () -> "no " + kind.getSimpleName() + " came");
                if (kind.isInstance(message)) {
                    return kind.cast(message);
                }
                assertTrue(
                        message instanceof Message.Heartbeat || message instanceof Message.Preparing,
                        message::toString);
            }
        }

        void saysNothing() {
            assertEquals(
                    List.of(),
                    sent.stream()
                            .filter(m -> !(m instanceof Message.Heartbeat) && !(m instanceof Message.Preparing))
                            .toList());
        }
    }

    private static Evaluator evaluator(Worker worker, Function<Worker, EvaluationStatus> evaluation) {
        return new Evaluator() {
            @Override
            public void join(Optional<Collective> members) {
                worker.members = members;
            }

            @Override
            public Outcome evaluate(Job job, Control control) {
                EvaluationStatus status = evaluation.apply(worker);
                return new Outcome(
                        Evaluation.failed(job.candidate().id(), status, Durations.ZERO, "none"), Optional.empty());
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
        };
    }

    /** One that is over when all members have come so far. */
    private static EvaluationStatus together(Worker worker) {
        worker.members.orElseThrow().allreduce(new float[1], 1);
        return EvaluationStatus.FAILED;
    }

    private Worker worker(Function<Worker, EvaluationStatus> evaluation) throws Exception {
        return new Worker(hall.open(), evaluation);
    }

    private static void assemble(long team, Worker... members) {
        List<Message.Door> doors = new ArrayList<>();
        for (Worker member : members) {
            doors.add(member.door);
        }
        for (int rank = 0; rank < members.length; rank++) {
            members[rank].say(new Message.Assemble(team, rank, doors));
        }
    }

    private static Message.Assign assign(long id) {
        Candidate candidate = new Candidate(id, 0, Candidate.NONE, Candidate.NONE, "random", GenomeText.parse(GENOME));
        return new Message.Assign(candidate, 1, 9, Double.NaN);
    }

    private static void disbanded(Worker worker, long team, String reason) throws Exception {
        Message.Disbanded said = worker.next(Message.Disbanded.class);
        assertEquals(team, said.team());
        assertTrue(said.reason().contains(reason), said.reason());
    }

    private static void disband(long team, Worker... members) throws Exception {
        for (Worker member : members) {
            member.say(new Message.Disband(team, "ended by itself"));
        }
        for (Worker member : members) {
            disbanded(member, team, "");
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (Worker worker : workers) {
            worker.say(new Message.Stop("enough"));
        }
        for (Worker worker : workers) {
            worker.thread.join(TimeUnit.SECONDS.toMillis(30));
            assertTrue(!worker.thread.isAlive(), "a worker does not end");
        }
    }

    @Test
    void theLeaderAnswersForAllAndAnotherTeamMayFollow() throws Exception {
        Worker one = worker(TeamWorkTest::together);
        Worker two = worker(TeamWorkTest::together);
        Worker three = worker(TeamWorkTest::together);
        assemble(1, one, two);
        assertEquals(1, one.next(Message.Assembled.class).team());
        one.say(assign(4));
        one.say(assign(5));
        assertEquals(4, one.next(Message.Result.class).id());
        assertEquals(5, one.next(Message.Result.class).id());
        two.saysNothing();
        one.say(new Message.Disband(1, "enough of it"));
        disbanded(one, 1, "enough of it");
        disbanded(two, 1, ""); // it has lost its leader
        assemble(2, three, two, one);
        assertEquals(2, three.next(Message.Assembled.class).team());
        three.say(assign(6));
        assertEquals(6, three.next(Message.Result.class).id());
        one.saysNothing();
        two.saysNothing();
    }

    @Test
    void aLinkBetweenMembersThatBreaksEndsTheTeamAndNotTheWorkers() throws Exception {
        Worker one = worker(TeamWorkTest::together);
        Worker two = worker(TeamWorkTest::together);
        Rendezvous broken = hall.open();
        Worker three = new Worker(broken, TeamWorkTest::together);
        assemble(1, one, two, three);
        one.next(Message.Assembled.class);
        broken.close();
        disbanded(two, 1, "");
        disbanded(three, 1, "");
        one.saysNothing(); // it waits for the master's word
        one.say(assign(1));
        disbanded(one, 1, "");
        one.say(assign(2)); // the master had not heard yet
        one.say(new Message.Disband(1, "worker 2: lost"));
        assemble(2, one, two);
        one.next(Message.Assembled.class);
        one.say(assign(3));
        assertEquals(3, one.next(Message.Result.class).id());
    }

    @Test
    void disbandingFreesWhoWaitsForAStoppedMember() throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        Worker one = worker(TeamWorkTest::together);
        Worker two = worker(worker -> {
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return together(worker);
        });
        assemble(1, one, two);
        one.next(Message.Assembled.class);
        one.say(assign(1));
        one.say(assign(2));
        one.say(new Message.Disband(1, "worker 2: no sign of life for 30 s"));
        disbanded(one, 1, "worker 2: no sign of life");
        stopped.countDown();
        disbanded(two, 1, "");
        one.saysNothing();
    }

    @Test
    void aMemberThatEndsAnEvaluationByItselfSaysWhatCameOfIt() throws Exception {
        Worker one = worker(TeamWorkTest::together);
        Worker two = worker(worker -> {
            worker.members.orElseThrow().close();
            return EvaluationStatus.OUT_OF_MEMORY;
        });
        assemble(1, one, two);
        one.next(Message.Assembled.class);
        one.say(assign(1));
        Message.Result result = two.next(Message.Result.class);
        assertEquals(EvaluationStatus.OUT_OF_MEMORY, result.evaluation().status());
        assertEquals(1, result.id());
        assertTrue(result.parting());
        one.saysNothing(); // before the master has the outcome
        disband(1, two, one);
        assemble(2, two, one);
        two.next(Message.Assembled.class);
        two.say(assign(2));
        two.say(assign(3)); // in advance
        result = two.next(Message.Result.class);
        assertEquals(2, result.id());
        assertTrue(result.parting());
        disband(2, one, two);
        one.saysNothing();
        two.saysNothing();
    }

    @Test
    void whoDoesNotMeetTheOthersSaysSo() throws Exception {
        Worker one = worker(TeamWorkTest::together);
        CountDownLatch asked = new CountDownLatch(1);
        Worker two = new Worker(
                new Rendezvous() {
                    @Override
                    public Message.Door door() {
                        return new Message.Door(List.of("nowhere"), 1);
                    }

                    @Override
                    public Collective assemble(long team, int rank, List<Message.Door> doors, Duration timeout)
                            throws IOException, InterruptedException {
                        if (team == 1) {
                            throw new IOException("connection refused");
                        }
                        asked.countDown();
                        new CountDownLatch(1).await();
                        throw new IllegalStateException();
                    }

                    @Override
                    public void close() {}
                },
                TeamWorkTest::together);
        assemble(1, one, two);
        disbanded(two, 1, "connection refused");
        one.say(new Message.Disband(1, "worker 2: connection refused"));
        disbanded(one, 1, "connection refused");
        // while they look for each other
        assemble(2, one, two);
        asked.await();
        one.say(new Message.Disband(2, "no more"));
        // or before it has begun to: the word of an end is heard on the link's thread
        Message.Disbanded said = one.next(Message.Disbanded.class);
        assertEquals(2, said.team());
        assertTrue(List.of("no more", "the team ended before it had met").contains(said.reason()), said.reason());
        assemble(3, two, one);
        disbanded(two, 2, "another team");
        // an end that comes before the beginning
        one.say(new Message.Disband(4, "too late"));
        one.say(new Message.Assemble(4, 0, List.of(one.door, two.door)));
        disbanded(one, 3, "");
        disbanded(one, 4, "");
    }
}
