package org.aevo.record;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aevo.host.Machine;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.Insertion;

/**
 * One record of the journal. {@code worker} is a number given once per worker process that joined (a restarted worker is
 * a new one); {@code rank} is the place it fills, which its successor takes over.
 */
public sealed interface Entry {

    /** Seconds since the run's start. */
    double time();

    /**
     * The first entry of a journal.
     *
     * @param mode {@code sync} or {@code async}
     * @param createdBy program and version
     * @param inputYaml the effective input, complete
     * @param gitCommit of the program, empty if unknown
     * @param libraries versions by name
     * @param slurm the SLURM environment by variable name, empty elsewhere
     * @param simulated whether evaluations are invented
     * @param workers places for workers: those that never come count as starting
     * @param task what networks are evolved for, as {@code task.kind} has it; empty if an earlier program recorded it
     * @param fitness what the search lowers, as a formula for people: {@code 1 - accuracy}; empty likewise
     * @param objectives what evaluations are measured by beside it
     */
    record RunStarted(
            String name,
            String mode,
            String strategy,
            long seed,
            Instant startUtc,
            String createdBy,
            String inputYaml,
            String commandLine,
            String gitCommit,
            String javaVersion,
            Map<String, String> libraries,
            Map<String, String> slurm,
            boolean simulated,
            int workers,
            String task,
            String fitness,
            Objectives objectives)
            implements Entry {
        public RunStarted {
            libraries = Collections.unmodifiableMap(new TreeMap<>(libraries));
            slurm = Collections.unmodifiableMap(new TreeMap<>(slurm));
        }

        /** A run without objectives. */
        public RunStarted(
                String name,
                String mode,
                String strategy,
                long seed,
                Instant startUtc,
                String createdBy,
                String inputYaml,
                String commandLine,
                String gitCommit,
                String javaVersion,
                Map<String, String> libraries,
                Map<String, String> slurm,
                boolean simulated,
                int workers,
                String task,
                String fitness) {
            this(
                    name,
                    mode,
                    strategy,
                    seed,
                    startUtc,
                    createdBy,
                    inputYaml,
                    commandLine,
                    gitCommit,
                    javaVersion,
                    libraries,
                    slurm,
                    simulated,
                    workers,
                    task,
                    fitness,
                    Objectives.NONE);
        }

        /** A run of which nobody recorded what it was for. */
        public RunStarted(
                String name,
                String mode,
                String strategy,
                long seed,
                Instant startUtc,
                String createdBy,
                String inputYaml,
                String commandLine,
                String gitCommit,
                String javaVersion,
                Map<String, String> libraries,
                Map<String, String> slurm,
                boolean simulated,
                int workers) {
            this(
                    name,
                    mode,
                    strategy,
                    seed,
                    startUtc,
                    createdBy,
                    inputYaml,
                    commandLine,
                    gitCommit,
                    javaVersion,
                    libraries,
                    slurm,
                    simulated,
                    workers,
                    "",
                    "");
        }

        /** What started the run. */
        public Program program() {
            return new Program(createdBy, gitCommit, javaVersion);
        }

        @Override
        public double time() {
            return 0;
        }
    }

    /**
     * A new master goes on; every worker and dispatch of the one before is lost.
     *
     * @param time where the clock goes on: that of the last entry before
     * @param workers places for workers from now on
     * @param program that goes on
     */
    record RunResumed(Instant startUtc, double time, String commandLine, int workers, Program program)
            implements Entry {}

    /** Where the master process runs that started or resumed the run: the entry after that. */
    record MasterHost(String host, Machine machine, double time) implements Entry {}

    /**
     * A worker process is ready for work.
     *
     * @param rank from 1; the place it fills
     * @param startSeconds from the start of the process to now
     * @param threads that work on an evaluation at once; -1 if an earlier program recorded it
     * @param machine its host
     */
    record WorkerJoined(
            long worker,
            int rank,
            String host,
            String device,
            long pid,
            double startSeconds,
            double time,
            int threads,
            Machine machine)
            implements Entry {

        /** A worker of whose host nothing is known. */
        public WorkerJoined(
                long worker, int rank, String host, String device, long pid, double startSeconds, double time) {
            this(worker, rank, host, device, pid, startSeconds, time, -1, Machine.UNKNOWN);
        }
    }

    /**
     * A worker process is gone.
     *
     * @param lost whether it died, rather than being dismissed
     */
    record WorkerLeft(long worker, double time, boolean lost, String reason) implements Entry {}

    /**
     * Workers have become a team: what its leader is sent, all of them work on together until it ends.
     *
     * @param team a number given once per team of a run
     * @param workers its members, the leader first
     */
    record TeamFormed(long team, List<Long> workers, double time) implements Entry {
        public TeamFormed {
            workers = List.copyOf(workers);
        }
    }

    /**
     * A team has ended; those of its members that are still there may be of another one.
     *
     * @param lost whether it ended by the loss of a member or of what binds them, rather than with the run
     */
    record TeamEnded(long team, double time, boolean lost, String reason) implements Entry {}

    /** The strategy proposed a candidate. */
    record Asked(Candidate candidate, double time) implements Entry {}

    /**
     * A candidate was sent to a worker; to a team by its leader.
     *
     * @param attempt from 1
     */
    record Dispatched(long id, int attempt, long worker, double time) implements Entry {}

    /**
     * An evaluation is known: sent by a worker, or {@link org.aevo.search.EvaluationStatus#WORKER_LOST} by the master
     * itself after the last attempt was lost.
     *
     * @param attempt the one that it is the result of
     * @param worker who did it
     * @param waitSeconds how long the worker had been idle before it, by its own clock; NaN if unknown
     */
    record Arrived(Evaluation evaluation, int attempt, long worker, double waitSeconds, double time) implements Entry {}

    /**
     * The strategy took an evaluation into its population.
     *
     * @param tellsWhoLeft whether the insertion names those who left the population; earlier programs did not record it
     */
    record Inserted(Insertion insertion, double time, boolean tellsWhoLeft) implements Entry {

        /** One that names them. */
        public Inserted(Insertion insertion, double time) {
            this(insertion, time, true);
        }
    }

    /**
     * A dispatch that will bring no evaluation: its worker is gone, or gave it back.
     *
     * @param begun whether the worker may have begun it; one that it had in advance cannot be to blame
     */
    record DispatchLost(long id, int attempt, long worker, double time, String reason, boolean begun) implements Entry {

        /** One that was begun. */
        public DispatchLost(long id, int attempt, long worker, double time, String reason) {
            this(id, attempt, worker, time, reason, true);
        }
    }

    /**
     * The data that candidates are evaluated on from now on; those of one run are the same always.
     *
     * @param checksum of the split
     * @param place of the files, as this session knows it; the kind of data where they have none
     */
    record DataUsed(String checksum, String place, double time) implements Entry {}

    /**
     * What evaluations see of the data from now on, and how workers come by them; without one each host reads the files, and
     * each evaluation sees the whole training part.
     *
     * @param distribution as the input has it
     * @param fraction of the training samples that each evaluation of the search trains on
     */
    record DataShared(String distribution, double fraction, double time) implements Entry {}

    /**
     * A worker that has just joined has the data that the master holds.
     *
     * @param fetched whether it fetched them itself, by messages; else its host had a copy
     * @param bytes that it fetched
     * @param seconds that it took to have them
     */
    record DataCame(long worker, boolean fetched, long bytes, double seconds, double time) implements Entry {}

    /**
     * What samples are and how they are scaled, as the master found when it checked the data; candidates are evaluated on
     * such inputs.
     */
    record DataScaled(Inputs inputs, double time) implements Entry {}

    /**
     * The master stops; the last entry, unless resumed.
     *
     * @param complete whether the budget was spent
     */
    record RunEnded(double time, boolean complete, String reason) implements Entry {}

    /**
     * What this master process has done so far: totals that replace those it recorded before. A resumed run adds those
     * of its processes.
     *
     * @param messages sent and received
     * @param bytes sent and received
     * @param askS seconds in {@code ask}; likewise the others
     * @param commits times that evaluations were made durable, all that had arrived together
     * @param commitS seconds in these; NaN, like what follows, where an earlier program recorded it
     * @param loopS seconds of the dispatch loop when it did not wait for anything
     * @param serviceS what one evaluation takes of the loop besides search and commits: the median of the last ones,
     *     which neither the start nor a busy machine distorts; NaN before the first
     * @param searchS what one evaluation takes of the search, a generation's breeding shared among its candidates: likewise
     */
    record MasterCosts(
            long asks,
            long tells,
            long messages,
            long bytes,
            double askS,
            double tellS,
            double journalS,
            double snapshotS,
            double sendS,
            long commits,
            double commitS,
            double loopS,
            double serviceS,
            double searchS,
            double time)
            implements Entry {
        /** Nothing done yet. */
        static final MasterCosts NONE = new MasterCosts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Double.NaN, Double.NaN, 0);

        MasterCosts plus(MasterCosts later) {
            return new MasterCosts(
                    asks + later.asks,
                    tells + later.tells,
                    messages + later.messages,
                    bytes + later.bytes,
                    askS + later.askS,
                    tellS + later.tellS,
                    journalS + later.journalS,
                    snapshotS + later.snapshotS,
                    sendS + later.sendS,
                    commits + later.commits,
                    commitS + later.commitS,
                    loopS + later.loopS,
                    Double.isNaN(later.serviceS) ? serviceS : later.serviceS,
                    Double.isNaN(later.searchS) ? searchS : later.searchS,
                    Math.max(time, later.time));
        }
    }

    /**
     * An evaluation has reached a rung, and was judged.
     *
     * @param loss by which it was judged
     * @param stop whether it ends there
     */
    record Judged(long id, int attempt, int epoch, double loss, boolean stop, double time) implements Entry {}

    /**
     * How far a training is that goes on; not every epoch is recorded until the evaluation is there.
     *
     * @param elapsed seconds since the evaluation began
     */
    record EpochSeen(
            long id, int attempt, int epoch, double trainLoss, double validationLoss, double elapsed, double time)
            implements Entry {}
}
