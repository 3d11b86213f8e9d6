package org.aevo.record;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.aevo.network.Blueprint;
import org.aevo.record.Timeline.State;
import org.aevo.search.Weights;

/**
 * A run as its {@code run.h5} tells of it: what analysis begins with. Tables and columns are those of {@code
 * docs/hdf5.md}.
 *
 * @param source the run's directory, or the file that was read
 * @param about root attributes and {@code /run}
 * @param teams one row per member of each team; none where each worker worked by itself
 * @param evaluations by id, one row per candidate with an outcome
 * @param genomes text of each row of the evaluations
 * @param messages what went wrong with each row of the evaluations; mostly empty
 * @param firstDispatch seconds since the run's start; NaN before the first arrival
 * @param lastArrival seconds since the run's start; NaN before the first arrival
 * @param best id of the evaluation of lowest fitness
 * @param weights of the best network, if they were kept
 * @param network the best one; empty where evaluations are simulated, or an older program wrote the file
 * @param front of the objectives; empty of a run without any
 * @param ensemble of an ensemble run; empty of a search
 */
public record RunData(
        Path source,
        About about,
        RunTable sessions,
        RunTable workers,
        RunTable teams,
        RunTable evaluations,
        List<String> genomes,
        List<String> messages,
        RunTable curves,
        RunTable timeline,
        double firstDispatch,
        double lastArrival,
        RunTable progress,
        RunTable master,
        OptionalLong best,
        Optional<Weights> weights,
        Optional<Blueprint> network,
        Optional<RunFront> front,
        Optional<RunEnsemble> ensemble) {

    /**
     * What run it is.
     *
     * @param mode {@code sync} or {@code async}
     * @param task what networks are evolved for, as {@code task.kind} has it; empty if it was not recorded
     * @param fitness what the search lowers, as a formula for people; empty if it was not recorded
     * @param complete whether the run spent its budget
     * @param leftOut bytes of the journal that are not in the file
     * @param simulated whether times and fitness are invented
     * @param places for workers, when the run was started
     * @param team ranks that worked on a candidate together; 1 for each by itself
     * @param dataChecksum of the split that candidates were evaluated on; empty if it was not recorded
     * @param dataPlace of the files in the last session; empty if it was not recorded
     * @param inputYaml the effective input, complete
     * @param slurm variables of the SLURM environment, in lower case
     */
    public record About(
            String name,
            String mode,
            String strategy,
            String task,
            String fitness,
            long seed,
            Instant start,
            String createdBy,
            boolean complete,
            long leftOut,
            boolean simulated,
            int places,
            int team,
            double wallSeconds,
            String dataChecksum,
            String dataPlace,
            String inputYaml,
            String commandLine,
            String gitCommit,
            String javaVersion,
            Map<String, String> libraries,
            Map<String, String> slurm) {

        /** Whether networks tell classes apart; false too if the task was not recorded. */
        public boolean classifies() {
            return task.equals("classify");
        }
    }

    public RunData {
        genomes = List.copyOf(genomes);
        messages = List.copyOf(messages);
    }

    /** The row of the best in the evaluations; -1 if there is none. */
    public int bestRow() {
        long[] ids = evaluations.longs("id");
        for (int row = 0; row < ids.length; row++) {
            if (best.isPresent() && ids[row] == best.getAsLong()) {
                return row;
            }
        }
        return -1;
    }

    /** Where the workers' time went; empty before the first arrival. */
    public Optional<Accounting> accounting() {
        if (!(firstDispatch < lastArrival)) {
            return Optional.empty();
        }
        // those that the master made up, of candidates lost with their workers, came from none
        long arrived = LongStream.of(evaluations.longs("worker"))
                .filter(worker -> worker >= 0)
                .count();
        return Optional.of(Accounting.of(intervals(), firstDispatch, lastArrival, arrived));
    }

    /** The table of the timeline as intervals. */
    public Timeline intervals() {
        long[] rank = timeline.longs("rank");
        long[] worker = timeline.longs("worker");
        double[] start = timeline.doubles("start_s");
        double[] end = timeline.doubles("end_s");
        long[] state = timeline.longs("state");
        long[] evaluation = timeline.longs("evaluation");
        long[] barrier = timeline.longs("barrier");
        Timeline intervals = new Timeline();
        for (int i = 0; i < timeline.rows(); i++) {
            intervals.add(
                    (int) rank[i],
                    worker[i],
                    start[i],
                    end[i],
                    State.values()[(int) state[i]],
                    evaluation[i],
                    barrier[i] == 1);
        }
        return intervals;
    }
}
