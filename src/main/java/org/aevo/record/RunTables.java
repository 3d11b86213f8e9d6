package org.aevo.record;

import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.aevo.network.Blueprint;
import org.aevo.network.EnumText;
import org.aevo.record.Entry.DataCame;
import org.aevo.record.Entry.DataShared;
import org.aevo.record.Entry.DataUsed;
import org.aevo.record.Entry.MasterCosts;
import org.aevo.record.Entry.RunStarted;
import org.aevo.record.Timeline.State;
import org.aevo.search.Figure;
import org.aevo.search.Inheritance.Origin;

/** The groups of {@code run.h5}. */
final class RunTables {
    private static final String S = "s";
    private static final String ID = "";
    private static final String BY_FILE = "shared-file";
    private static final int MAX_ATTRIBUTE_CHARS = 10_000;
    /** Those that are measured in each epoch, by some task. */
    private static final List<Figure> CURVE_FIGURES = List.of(Figure.ACCURACY, Figure.CROSS_ENTROPY);

    private final WritableHdfFile file;
    private final RunHistory history;
    private final Candidates candidates;
    private final Outcomes outcomes;
    private final Optional<RunNetworks> networks;
    private final OperationCounts operations;
    private final FrontTables front;
    private final TeamTables teams;
    private final long leftOut;
    /** Candidates with an outcome, by id: the rows of /evaluations. */
    private final int[] rows;

    /**
     * @param reckoning of this run, as far as it has got
     * @param leftOut bytes of the journal that are not in the history
     */
    RunTables(WritableHdfFile file, RunHistory history, Reckoning reckoning, long leftOut) {
        this.file = file;
        this.history = history;
        this.operations = reckoning.operations();
        this.leftOut = leftOut;
        this.networks = RunNetworks.of(history);
        networks.ifPresent(n -> operations.count(n, history.asked()));
        this.candidates = history.candidates();
        this.outcomes = history.outcomes();
        this.front = new FrontTables(
                history.started().map(RunStarted::objectives).orElse(Objectives.NONE), outcomes, reckoning.front());
        this.teams = new TeamTables(history);
        this.rows = IntStream.range(0, candidates.size())
                .filter(row -> candidates.outcome.get(row) >= 0)
                .toArray();
    }

    void write(Optional<BestWeights.Saved> weights) throws RecordException {
        RunStarted started = history.started()
                .orElseThrow(() -> new RecordException("the journal is empty: the run ended before it began"));
        root(started);
        run(started);
        history.inputs().ifPresent(inputs -> inputs.put(file));
        sessions();
        workers();
        teams.put(file);
        history.verdicts().put(file);
        evaluations();
        texts("genomes", "genome text of each row of /evaluations", row -> candidates.genome.bytes(row));
        texts(
                "messages",
                "what went wrong, for each row of /evaluations; empty if nothing did",
                row -> outcomes.message.bytes(candidates.outcome.get(row)));
        curves();
        timeline();
        progress();
        front.put(file);
        RunEnsemble.of(history).ifPresent(ensemble -> EnsembleTables.put(file, ensemble));
        master();
        best(weights);
        Hdf5Checksum.put(file);
    }

    private void root(RunStarted started) {
        file.putAttribute("schema", RunFile.SCHEMA);
        file.putAttribute("schema_version", RunFile.SCHEMA_VERSION);
        attribute("created_by", started.createdBy());
        attribute("name", started.name());
        attribute("mode", started.mode());
        attribute("strategy", started.strategy());
        attribute("task", started.task());
        attribute("fitness", started.fitness());
        attribute("objectives", started.objectives().text());
        file.putAttribute("seed", started.seed());
        attribute("start_utc", started.startUtc().toString());
        file.putAttribute("complete", history.complete() && leftOut == 0 ? 1 : 0);
        file.putAttribute("journal_bytes_left_out", leftOut);
        file.putAttribute("journal_bytes", history.journal().bytes());
        file.putAttribute("journal_crc32c", history.journal().crc32c() & 0xFFFF_FFFFL);
        file.putAttribute("simulated", started.simulated() ? 1 : 0);
        file.putAttribute("workers", started.workers());
        file.putAttribute("team", teams.size());
        attribute("data_sha256", history.data().map(DataUsed::checksum).orElse(""));
        attribute("data_place", history.data().map(DataUsed::place).orElse(""));
        attribute(
                "data_distribution",
                history.shared().map(DataShared::distribution).orElse(BY_FILE));
        file.putAttribute(
                "data_fraction", history.shared().map(DataShared::fraction).orElse(1.0));
    }

    /** A longer attribute would break the file without an error. */
    private void attribute(String name, String value) {
        file.putAttribute(
                name,
                Hdf5Table.clean(
                        value.length() > MAX_ATTRIBUTE_CHARS ? value.substring(0, MAX_ATTRIBUTE_CHARS) : value));
    }

    private void run(RunStarted started) {
        WritableGroup run = file.putGroup("run");
        scalar(run, "input_yaml", "the effective input, complete", started.inputYaml());
        scalar(run, "command_line", "how the run was started", started.commandLine());
        scalar(run, "git_commit", "of the program; empty if unknown", started.gitCommit());
        scalar(run, "java_version", "of the master", started.javaVersion());
        names(run, started.libraries());
        Session first = history.sessions().get(0);
        MachineColumns.put(run, first.host(), first.machine());
        for (Map.Entry<String, String> variable : started.slurm().entrySet()) {
            String key = variable.getKey().toLowerCase(Locale.ROOT).replace('/', '_');
            scalar(run, key.startsWith("slurm_") ? key : "slurm_" + key, "environment variable", variable.getValue());
        }
        Hdf5Table.describe(
                run.putDataset("wall_s", history.wallSeconds()), S, "from the run's start to its last entry");
    }

    private static void names(WritableGroup run, Map<String, String> libraries) {
        Map<String, String> some = libraries.isEmpty() ? Map.of("", "") : libraries;
        String[] names = some.keySet().stream().map(Hdf5Table::clean).toArray(String[]::new);
        String[] versions = some.values().stream().map(Hdf5Table::clean).toArray(String[]::new);
        Hdf5Table.describe(run.putDataset("library_names", names), "", "libraries of the program");
        Hdf5Table.describe(run.putDataset("library_versions", versions), "", "of each of library_names");
    }

    private static void scalar(WritableGroup group, String name, String description, String value) {
        Hdf5Table.describe(group.putDataset(name, Hdf5Table.clean(value)), "", description);
    }

    private void sessions() {
        var sessions = history.sessions();
        Hdf5Table table = new Hdf5Table(
                        file,
                        "sessions",
                        "one row per master process: more than one if the run was resumed",
                        sessions.size())
                .f64("start_s", S, "when it began", i -> sessions.get(i).start())
                .f64("end_s", S, "when it stopped in good order; NaN if killed or going on", i -> sessions.get(i)
                        .end())
                .i32("workers", ID, "places for workers", i -> sessions.get(i).workers())
                .text("created_by", "program and version", i -> sessions.get(i)
                        .program()
                        .name())
                .text("git_commit", "of the program; empty if unknown", i -> sessions.get(i)
                        .program()
                        .commit())
                .text("java_version", "of the master; empty if unknown", i -> sessions.get(i)
                        .program()
                        .java())
                .text("host", "where the master ran; empty if unknown", i -> sessions.get(i)
                        .host());
        MachineColumns.add(table, i -> sessions.get(i).machine());
    }

    private void workers() {
        var workers = history.workers();
        Hdf5Table table = new Hdf5Table(file, "workers", "one row per worker process that joined", workers.size())
                .i64("worker", ID, "number of the process", i -> workers.get(i)
                        .joined()
                        .worker())
                .i32("rank", ID, "place that it filled", i -> workers.get(i)
                        .joined()
                        .rank())
                .text("host", "where it ran", i -> workers.get(i).joined().host())
                .text("device", "what computed", i -> workers.get(i).joined().device())
                .i64("pid", ID, "process id on its host", i -> workers.get(i)
                        .joined()
                        .pid())
                .f64("start_s", S, "seconds from its start to joining", i -> workers.get(i)
                        .joined()
                        .startSeconds())
                .f64("joined_s", S, "when it was ready for work", i -> workers.get(i)
                        .joined()
                        .time())
                .f64("left_s", S, "when it was gone; NaN while it is there", i -> workers.get(i)
                        .left())
                .i32(
                        "lost",
                        ID,
                        "1 if it died or its master did",
                        i -> workers.get(i).lost() ? 1 : 0)
                .i64("evaluations", ID, "that arrived from it or a team it was in", i -> workers.get(i)
                        .evaluations())
                .f64("busy_s", S, "build + train + validate of those", i -> workers.get(i)
                        .busy())
                .i32("threads", ID, "that worked on an evaluation at once; -1 if unknown", i -> workers.get(i)
                        .joined()
                        .threads());
        table.text(
                        "data_from",
                        "file: it read the files; copy: its host had what the master holds; message: it fetched"
                                + " that; none: simulated",
                        i -> origin(workers.get(i)))
                .i64("data_bytes", "bytes", "that it fetched of the data", i -> workers.get(i)
                        .data()
                        .map(DataCame::bytes)
                        .orElse(0L))
                .f64(
                        "data_s",
                        S,
                        "that it took to have what the master holds; NaN if it read the files",
                        i -> workers.get(i).data().map(DataCame::seconds).orElse(Double.NaN));
        MachineColumns.add(table, i -> workers.get(i).joined().machine());
    }

    private String origin(WorkerRow worker) {
        boolean simulated = history.started().map(RunStarted::simulated).orElse(false);
        return worker.data().map(came -> came.fetched() ? "message" : "copy").orElse(simulated ? "none" : "file");
    }

    private int outcome(int i) {
        return candidates.outcome.get(rows[i]);
    }

    private void evaluations() {
        Outcomes o = outcomes;
        Hdf5Table table = new Hdf5Table(
                        file, "evaluations", "one row per candidate with an outcome, by id", rows.length)
                .i64("id", ID, "of the candidate", i -> rows[i])
                .i32(
                        "generation",
                        ID,
                        "of a generational search; else length of the line of ancestors",
                        i -> candidates.generation.get(rows[i]))
                .i64("birth", ID, "place in the order asked", i -> rows[i])
                .i64(
                        "insertion",
                        ID,
                        "place in the order in which the search took them in; -1 if not yet",
                        i -> candidates.insertion.get(rows[i]))
                .i64(
                        "selection_lag",
                        ID,
                        "evaluations taken in between birth and insertion; -1 if not yet",
                        i -> candidates.selectionLag(rows[i]))
                .i64("parent_a", ID, "id of the first parent; -1 for none", i -> candidates.parentA.get(rows[i]))
                .i64("parent_b", ID, "id of the second parent; -1 for none", i -> candidates.parentB.get(rows[i]))
                .i64(
                        "worker",
                        ID,
                        "worker process that evaluated it; of a team the leader",
                        i -> o.worker.get(outcome(i)))
                .i32("attempt", ID, "that gave the outcome, from 1", i -> o.attempt.get(outcome(i)))
                .f64("asked_s", S, "when the search proposed it", i -> candidates.asked.get(rows[i]))
                .f64("dispatched_s", S, "when the master sent it; NaN if never", i -> o.dispatched.get(outcome(i)))
                .f64("arrived_s", S, "when the master had its evaluation", i -> o.arrived.get(outcome(i)))
                .f64("wait_s", S, "worker idle before it, by its own clock", i -> o.wait.get(outcome(i)))
                .f64("build_s", S, "from genome to network, freeing it included", i -> o.build.get(outcome(i)))
                .f64("train_s", S, "gradient steps", i -> o.train.get(outcome(i)))
                .f64("validate_s", S, "measuring the validation loss and the figures", i -> o.validate.get(outcome(i)))
                .i32(
                        "status",
                        ID,
                        "0 ok, 1 invalid, 2 diverged, 3 out of memory, 4 time limit, 5 failed, 6 worker lost",
                        i -> o.status.get(outcome(i)))
                .f64("fitness", ID, "lower is better; NaN for none", i -> o.fitness.get(outcome(i)))
                .f64("train_loss", ID, "what training minimised, per value", i -> o.trainLoss.get(outcome(i)))
                .f64(
                        "validation_loss",
                        ID,
                        "mean squared error per value on the validation split; NaN of classifiers",
                        i -> o.validationLoss.get(outcome(i)))
                .i64("parameters", ID, "trainable numbers", i -> o.parameters.get(outcome(i)))
                .f64(
                        "forward_operations",
                        ID,
                        "floating-point operations of a pass forward of one sample, estimated; NaN if unknown",
                        i -> operations.forward(rows[i]))
                .f64(
                        "step_operations",
                        ID,
                        "floating-point operations of a training step on a batch, estimated; NaN if unknown",
                        i -> operations.step(rows[i]))
                .i32("epochs", ID, "finished epochs", i -> o.epochs.get(outcome(i)))
                .i32(
                        "stopped",
                        ID,
                        "epoch after which it was stopped for doing badly beside others; 0 if it was not",
                        i -> history.stoppedAt(rows[i], o.attempt.get(outcome(i))))
                .f64(
                        "samples_per_s",
                        "1/s",
                        "trained samples per second of training",
                        i -> o.samplesPerSecond.get(outcome(i)))
                .f64(
                        "cpu_s",
                        S,
                        "processor time, user and system, of all threads of the worker's process meanwhile",
                        i -> o.cpuSeconds.get(outcome(i)))
                .f64(
                        "peak_memory_bytes",
                        "bytes",
                        "largest resident set of the worker's process meanwhile; since its start where the kernel lets"
                                + " no process set the mark back",
                        i -> o.peakMemory.get(outcome(i)))
                .f64(
                        "gpu_memory_bytes",
                        "bytes",
                        "most that the engine had allocated on a GPU meanwhile; NaN on a CPU or if it does not tell",
                        i -> o.gpuMemory.get(outcome(i)))
                .text(
                        "weights_origin",
                        "what its weights were at first",
                        i -> EnumText.of(Origin.of(o.weightsOrigin.get(outcome(i)))))
                .f64(
                        "inherited_share",
                        ID,
                        "of the trainable numbers, 0 to 1, that began as those of its parent",
                        i -> o.inheritedShare.get(outcome(i)))
                .i64(
                        "cumulated_epochs",
                        ID,
                        "epochs that its weights were trained for, in ancestors and here",
                        i -> o.inheritedEpochs.get(outcome(i)) + o.epochs.get(outcome(i)))
                .text("operator", "what made it", i -> candidates.operatorOf(rows[i]));
        if (history.knowsWhoLeft()) {
            table.f64(
                    "left_s",
                    S,
                    "when it left the population; NaN while it is a member, and for those that never were",
                    i -> candidates.left.get(rows[i]));
        }
        for (Figure figure : Figure.ofNetworks()) {
            table.f64(
                    figure.column(),
                    figure.unit(),
                    figure.meaning() + "; NaN if not measured",
                    i -> o.figure(outcome(i), figure));
        }
        teams.columns(table, this::outcome);
        front.columns(table, this::outcome);
    }

    /** Texts of rows of any length: all bytes, and where each begins. */
    private void texts(String name, String description, IntFunction<byte[]> text) throws RecordException {
        long[] offsets = new long[rows.length + 1];
        for (int i = 0; i < rows.length; i++) {
            offsets[i + 1] = offsets[i] + text.apply(rows[i]).length;
        }
        if (offsets[rows.length] > Integer.MAX_VALUE - 8) {
            throw new RecordException(name + ": " + offsets[rows.length] + " bytes of text, at most 2 GiB fit");
        }
        byte[] utf8 = new byte[(int) Math.max(1, offsets[rows.length])];
        for (int i = 0; i < rows.length; i++) {
            byte[] bytes = text.apply(rows[i]);
            System.arraycopy(bytes, 0, utf8, (int) offsets[i], bytes.length);
        }
        WritableGroup group = file.putGroup(name);
        group.putAttribute("description", description);
        Hdf5Table.describe(group.putDataset("utf8", utf8), "bytes", "all texts, one after the other");
        Hdf5Table.describe(
                group.putDataset("offset", offsets), "bytes", "text i is utf8[offset[i]:offset[i+1]]; n+1 values");
    }

    private void curves() {
        int[] outcomeOf = IntStream.range(0, rows.length)
                .flatMap(i -> IntStream.range(outcomes.curveStart(outcome(i)), outcomes.curveEnd.get(outcome(i)))
                        .map(point -> rows[i]))
                .toArray();
        int[] points = IntStream.range(0, rows.length)
                .flatMap(i -> IntStream.range(outcomes.curveStart(outcome(i)), outcomes.curveEnd.get(outcome(i))))
                .toArray();
        Hdf5Table table = new Hdf5Table(
                        file, "curves", "learning curves, one row per epoch of an evaluation", points.length)
                .i64("evaluation", ID, "id of the candidate", i -> outcomeOf[i])
                .i32(
                        "fold",
                        ID,
                        "of a cross-validation, from 1; 1 where there is one split",
                        i -> outcomes.curveFold.get(points[i]))
                .i32("epoch", ID, "from 1", i -> outcomes.curveEpoch.get(points[i]))
                .f64(
                        "train_loss",
                        ID,
                        "what training minimised, per value",
                        i -> outcomes.curveTrainLoss.get(points[i]))
                .f64(
                        "validation_loss",
                        ID,
                        "mean squared error per value on the validation split; NaN of classifiers",
                        i -> outcomes.curveValidationLoss.get(points[i]))
                .f64("elapsed_s", S, "since the evaluation began", i -> outcomes.curveElapsed.get(points[i]));
        for (Figure figure : CURVE_FIGURES) {
            table.f64(
                    figure.column(),
                    figure.unit(),
                    figure.meaning() + "; NaN if not measured",
                    i -> outcomes.curveFigures.get(points[i], figure));
        }
    }

    private void timeline() {
        Timeline t = Timeline.of(history);
        Hdf5Table table = new Hdf5Table(file, "timeline", "what each place did; without gap or overlap", t.size())
                .i32("rank", ID, "place", t::rank)
                .i64("worker", ID, "worker process that filled it; -1 for none", t::worker)
                .f64("start_s", S, "begin", t::start)
                .f64("end_s", S, "end", t::end)
                .i32("state", ID, "0 waiting, 1 busy, 2 starting, 3 lost, 4 draining", i -> t.state(i)
                        .ordinal())
                .i64("evaluation", ID, "id of the candidate worked on; -1 for none", t::evaluation)
                .i32(
                        "barrier",
                        ID,
                        "1 for waiting at the barrier of a generation; other waiting is for dispatch",
                        i -> t.atBarrier(i) ? 1 : 0);
        Optional<Accounting> accounting = Accounting.of(history, t);
        WritableGroup group = table.group();
        group.putAttribute("first_dispatch_s", accounting.map(Accounting::from).orElse(Double.NaN));
        group.putAttribute("last_arrival_s", accounting.map(Accounting::to).orElse(Double.NaN));
        for (State state : State.values()) {
            group.putAttribute(
                    state == State.BUSY ? "utilisation" : state.name().toLowerCase(Locale.ROOT),
                    accounting.map(a -> a.share(state)).orElse(Double.NaN));
        }
        group.putAttribute("barrier", accounting.map(Accounting::barrierShare).orElse(Double.NaN));
        group.putAttribute("dispatch", accounting.map(Accounting::dispatchShare).orElse(Double.NaN));
    }

    private void progress() {
        Insertions p = history.insertions();
        new Hdf5Table(file, "progress", "the search after each insertion", p.size())
                .i64("evaluations", ID, "taken in so far", i -> i + 1)
                .i64("evaluation", ID, "id of the one taken in", i -> p.id.get(i))
                .f64("elapsed_s", S, "when", i -> p.time.get(i))
                .f64("best_fitness", ID, "lowest so far", i -> p.best.get(i))
                .f64("mean_fitness", ID, "of the population", i -> p.mean.get(i))
                .f64(
                        "population_diversity",
                        ID,
                        "probability that two genes drawn from it differ",
                        i -> p.diversity.get(i));
    }

    private void master() {
        MasterCosts c = history.masterCosts();
        new Hdf5Table(file, "master", "what the master did, in one row", 1)
                .i64("asks", ID, "calls of ask", i -> c.asks())
                .i64("tells", ID, "calls of tell", i -> c.tells())
                .i64("messages", ID, "sent and received", i -> c.messages())
                .i64("bytes", "bytes", "sent and received", i -> c.bytes())
                .f64(
                        "busy_s",
                        S,
                        "sum of the parts below",
                        i -> c.askS() + c.tellS() + c.journalS() + c.snapshotS() + c.sendS())
                .f64("ask_s", S, "in ask", i -> c.askS())
                .f64("tell_s", S, "in tell", i -> c.tellS())
                .f64("journal_s", S, "appending and forcing", i -> c.journalS())
                .f64("snapshot_s", S, "preparing run.h5", i -> c.snapshotS())
                .f64("send_s", S, "sending", i -> c.sendS())
                .i64("commits", ID, "times that evaluations were made durable", i -> c.commits())
                .f64("commit_s", S, "in these, waiting for the disk; a part of journal_s", i -> c.commitS())
                .f64("loop_s", S, "of the dispatch loop when it did not wait", i -> c.loopS())
                .f64(
                        "service_s",
                        S,
                        "of the loop for one evaluation, without search and commit: median of the last ones",
                        i -> c.serviceS())
                .f64("search_s", S, "of the search for one evaluation: median of the last ones", i -> c.searchS());
    }

    private void best(Optional<BestWeights.Saved> weights) throws RecordException {
        WritableGroup best = file.putGroup("best");
        long id = history.best().orElse(-1);
        Hdf5Table.describe(
                best.putDataset("evaluation", id), ID, "id of the evaluation of lowest fitness; -1 for none");
        scalar(best, "genome", "its genome; empty for none", id < 0 ? "" : history.genomeText(id));
        Optional<BestWeights.Saved> own = weights.filter(w -> w.id() == id && WeightsFile.hasValues(w.weights()));
        if (own.isPresent()) {
            WeightsFile.put(
                    best.putGroup("weights"),
                    own.orElseThrow(NoSuchElementException::new).weights());
        }
        Optional<Blueprint> network =
                id < 0 ? Optional.empty() : networks.flatMap(n -> n.of(id)).filter(LayerTable::holds);
        if (network.isPresent()) {
            LayerTable.write(best, network.orElseThrow(NoSuchElementException::new));
        }
    }
}
