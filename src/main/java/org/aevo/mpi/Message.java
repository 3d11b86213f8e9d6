package org.aevo.mpi;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.aevo.host.Machine;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.Job;
import org.aevo.search.ParentWeights;
import org.aevo.search.TrainedNetwork;
import org.aevo.search.Weights;

/** What master and workers say to each other. */
public sealed interface Message {

    /** Said by the master. */
    sealed interface FromMaster extends Message {}

    /** Said by a worker. */
    sealed interface FromWorker extends Message {}

    /**
     * The first message of the master.
     *
     * @param rank of the worker from now on, 1 or more
     * @param inputYaml the effective input of the run
     * @param silenceSeconds without a sign of life after which each side gives the other up
     * @param store where the networks of parents are kept; empty where nothing is inherited
     * @param data what the master sends of the data; empty where each host reads the files
     */
    record Welcome(int rank, String inputYaml, double silenceSeconds, Optional<Store> store, Optional<Data> data)
            implements FromMaster {
        /** Of a run that inherits nothing, and whose hosts read the files. */
        public Welcome(int rank, String inputYaml, double silenceSeconds) {
            this(rank, inputYaml, silenceSeconds, Optional.empty(), Optional.empty());
        }
    }

    /**
     * The data of a run, as the master holds them.
     *
     * @param checksum of the split
     * @param bytes to fetch of who has no copy
     */
    record Data(String checksum, long bytes) {}

    /**
     * A folder of trained networks.
     *
     * @param run whose they are; the folder says so too, to who sees it
     * @param folder as the master's host knows it
     */
    record Store(String run, String folder) {}

    /**
     * A candidate to evaluate.
     *
     * @param attempt 1 for the first dispatch of the candidate
     * @param seed of everything random in the evaluation
     * @param weightsBelow the weights are wanted if the fitness is lower than this; NaN: never
     */
    record Assign(Candidate candidate, int attempt, long seed, double weightsBelow) implements FromMaster {
        /** What the evaluator is to do. */
        public Job job() {
            return new Job(candidate, seed, weightsBelow);
        }
    }

    /**
     * Give a candidate back that is not begun yet; one that is begun is evaluated.
     *
     * @param attempt as it was assigned
     */
    record Withdraw(long id, int attempt) implements FromMaster {}

    /**
     * The answer to {@link Keep}.
     *
     * @param request as it was asked
     * @param problem why the network could not be kept; empty if it was
     */
    record Kept(long request, String problem) implements FromMaster {}

    /**
     * The answer to {@link Fetch}.
     *
     * @param request as it was asked
     */
    record Fetched(long request, ParentWeights.Answer answer) implements FromMaster {}

    /**
     * The answer to {@link FetchData}.
     *
     * @param request as it was asked
     * @param from place of the first byte
     * @param problem why there are none; empty if there are
     */
    record DataPiece(long request, long from, byte[] bytes, String problem) implements FromMaster {
        @Override
        public boolean equals(Object other) {
            return other instanceof DataPiece piece
                    && piece.request == request
                    && piece.from == from
                    && Arrays.equals(piece.bytes, bytes)
                    && piece.problem.equals(problem);
        }

        @Override
        public int hashCode() {
            return Objects.hash(request, from, Arrays.hashCode(bytes), problem);
        }
    }

    /**
     * Become a team with these; whoever is in another one leaves it. The answer is {@link Assembled} of its leader, or
     * {@link Disbanded}.
     *
     * @param team a number given once per team of a run
     * @param rank of this worker in it, from 0, the leader's
     * @param doors of all members, by their ranks
     */
    record Assemble(long team, int rank, List<Door> doors) implements FromMaster {
        public Assemble {
            doors = List.copyOf(doors);
        }
    }

    /** Your team has ended; say {@link Disbanded} when you have left what it was at. */
    record Disband(long team, String reason) implements FromMaster {}

    /** Evaluate nothing more, say goodbye, leave. */
    record Stop(String reason) implements FromMaster {}

    /**
     * The worker can evaluate.
     *
     * @param device what computes
     * @param data checksum of the data that it evaluates on; empty if it needs none
     * @param pid of the worker's process
     * @param startSeconds from the start of the worker's JVM to now
     * @param predecessor the process that it was started in place of, and how that ended
     * @param threads that work on an evaluation at once
     * @param machine its host, and what of that its process may use
     * @param door where its team mates find it; empty where there are no teams
     */
    record Ready(
            String host,
            String device,
            String data,
            long pid,
            double startSeconds,
            Optional<Ended> predecessor,
            int threads,
            Machine machine,
            Optional<Door> door)
            implements FromWorker {

        /** A worker that says nothing of its host. */
        public Ready(
                String host, String device, String data, long pid, double startSeconds, Optional<Ended> predecessor) {
            this(host, device, data, pid, startSeconds, predecessor, 1, Machine.UNKNOWN, Optional.empty());
        }
    }

    /**
     * Where a worker listens for its team mates.
     *
     * @param hosts addresses that may lead there, the likeliest first
     */
    record Door(List<String> hosts, int port) {
        public Door {
            hosts = List.copyOf(hosts);
        }
    }

    /** The word of a leader: all members of the team have met. */
    record Assembled(long team) implements FromWorker {}

    /**
     * The worker is in no team any more, or came into none, and can be of another.
     *
     * @param team that it was to be in
     */
    record Disbanded(long team, String reason) implements FromWorker {}

    /**
     * How a worker's process ended, as the one who started it saw it.
     *
     * @param how its exit code or signal, and its last words
     */
    record Ended(long pid, String how) {}

    /**
     * The worker lives and is not ready yet: it loads its libraries and the data, or waits for another process that
     * prepares them.
     *
     * @param pid of the worker's process
     * @param doing what it is at: {@code loading the data}
     * @param seconds since it was welcomed
     * @param idleSeconds since it last got on
     */
    record Preparing(String host, long pid, String doing, double seconds, double idleSeconds) implements FromWorker {}

    /**
     * An evaluation.
     *
     * @param id of the candidate
     * @param attempt as it was assigned
     * @param waitSeconds the worker was idle before it
     * @param parting whether it came to it by itself, and the others of its team wait for it in vain: it begins nothing more before
     *     the master ends the team
     */
    record Result(
            long id, int attempt, double waitSeconds, Evaluation evaluation, Optional<Weights> weights, boolean parting)
            implements FromWorker {

        /** One of a worker that goes on. */
        public Result(long id, int attempt, double waitSeconds, Evaluation evaluation, Optional<Weights> weights) {
            this(id, attempt, waitSeconds, evaluation, weights, false);
        }
    }

    /**
     * A network to be kept for children, of a worker that does not see the folder where they are.
     *
     * @param request a number that the answer will have
     */
    record Keep(long request, TrainedNetwork network) implements FromWorker {}

    /**
     * The network of a candidate is wanted, by a worker that does not see the folder where they are.
     *
     * @param request a number that the answer will have
     */
    record Fetch(long request, long id) implements FromWorker {}

    /**
     * A piece of the data is wanted, by a worker whose host has no copy.
     *
     * @param request a number that the answer will have, from 1; one more than that of the request before it
     * @param from place of its first byte, counted from 0
     * @param arrived the request up to which all answers have come; 0 for none
     */
    record FetchData(long request, long from, int length, long arrived) implements FromWorker {}

    /**
     * The worker has the data, which the master holds for its workers.
     *
     * @param fetched whether it has fetched them itself; else its host had a copy
     * @param bytes that it fetched
     * @param seconds since it began to look for them
     */
    record DataHere(boolean fetched, long bytes, double seconds) implements FromWorker {}

    /** A candidate that was withdrawn was not begun, and will not be. */
    record Returned(long id, int attempt) implements FromWorker {}

    /** The worker cannot work at all: its data is missing, its engine does not load. */
    record Unable(String message) implements FromWorker {}

    /** The last message of a worker that leaves in order. */
    record Goodbye(String reason) implements FromWorker {}

    /**
     * The sender lives.
     *
     * @param candidateId what is being evaluated, {@link Candidate#NONE} for nothing
     */
    record Heartbeat(long candidateId) implements FromMaster, FromWorker {}

    /**
     * Worker: an epoch of a training is over.
     *
     * @param loss what the task lowers, by which the evaluation is judged: the validation loss, of classifiers the cross-entropy
     * @param elapsed seconds since the evaluation began
     * @param asks whether the worker waits for a {@link Verdict}
     */
    record EpochDone(
            long id,
            int attempt,
            int epoch,
            double trainLoss,
            double validationLoss,
            double loss,
            double elapsed,
            boolean asks)
            implements Message {}

    /**
     * Master: what becomes of an evaluation that has reached a rung.
     *
     * @param stop whether it ends after this epoch, with what it has
     */
    record Verdict(long id, int attempt, int epoch, boolean stop) implements Message {}
}
