package org.aevo.record;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.genome.GenomeText;
import org.aevo.host.Machine;
import org.aevo.network.Classes;
import org.aevo.network.Shape;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.aevo.search.Inheritance;
import org.aevo.search.Insertion;
import org.aevo.search.Score;
import org.aevo.search.Teamwork;
import org.aevo.search.Usage;

/** One entry of each type, no field of which equals another of its kind. */
final class EntryExamples {
    private static final Machine MACHINE =
            new Machine("Xeon größe", 64, 15.5, "0-15", 1L << 37, 1L << 35, "Linux 6.1.0", 3.25);

    static final List<Entry> ALL = List.of(
            new Entry.RunStarted(
                    "naïve \uD83E\uDD16",
                    "async",
                    "evolution",
                    -42,
                    Instant.ofEpochSecond(1_700_000_000L, 123_456_789),
                    "aevo 0.6.0",
                    "seed: 1\n# größe\n",
                    "aevo run 'a b.yaml'",
                    "feed123",
                    "17.0.9",
                    Map.of("mpj", "0.44", "jhdf", "0.8.2"),
                    Map.of("SLURM_JOB_ID", "4711"),
                    true,
                    16,
                    "classify",
                    "1 - accuracy",
                    new Objectives(List.of("accuracy", "parameters"), List.of(0.75, 1e6))),
            new Entry.RunResumed(
                    Instant.ofEpochSecond(-77, 5),
                    1.5,
                    "aevo run --resume x",
                    3,
                    new Program("aevo 0.6.1", "beef456", "21.0.1")),
            new Entry.WorkerJoined(5, 2, "node1", "cpu", 77, 0.5, 1.75, 8, MACHINE),
            new Entry.WorkerLeft(5, 99.5, true, "was killed by signal 9 (SIGKILL)"),
            new Entry.Asked(
                    new Candidate(
                            12,
                            3,
                            4,
                            7,
                            "crossover+mutate",
                            GenomeText.parse("conv(16,k3,s2,relu,bn) pool(2) dense(64,tanh,drop0.1) | latent(16)"
                                    + " | deconvolution | adam(lr0.001,batch128)")),
                    2.25),
            new Entry.Dispatched(12, 2, 5, 3.125),
            new Entry.Arrived(
                    new Evaluation(
                            12,
                            EvaluationStatus.TIME_LIMIT,
                            new Score(
                                    0.25,
                                    0.5,
                                    0.125,
                                    Map.of(Figure.SSIM, 0.75, Figure.KNN_ACCURACY, 0.875),
                                    List.of(0.5, 1234.0)),
                            new Effort(
                                    new Durations(1, 2, 3),
                                    2,
                                    99.5,
                                    1234,
                                    new Usage(5.5, 3e8, Double.NaN),
                                    new Inheritance(Inheritance.Origin.PARENT, 0.625, 17),
                                    new Teamwork(4, 1.125)),
                            List.of(
                                    new Evaluation.Epoch(1, 0.625, 0.375, 6.5),
                                    new Evaluation.Epoch(
                                            2,
                                            7,
                                            0.5625,
                                            Double.NaN,
                                            Map.of(Figure.ACCURACY, 0.8125, Figure.CROSS_ENTROPY, 0.6875),
                                            13.5)),
                            "the limit of 20 s"),
                    2,
                    5,
                    0.0625,
                    77.5),
            new Entry.Inserted(new Insertion(12, 0.25, 0.75, 0.375, List.of(3L, 12L)), 78.5),
            new Entry.DispatchLost(13, 1, 6, 80.5, "no sign of life for 30 s", false),
            new Entry.RunEnded(1234.5, true, "budget spent"),
            new Entry.MasterCosts(1, 2, 3, 4, 5.5, 6.5, 7.5, 8.5, 9.5, 10, 11.5, 12.5, 13.5, 14.5, 15.5),
            new Entry.MasterHost("login1", MACHINE, 0.75),
            new Entry.DataUsed("9f86d081", "/data/größe.h5", 0.25),
            new Entry.DataScaled(
                    new Inputs(
                            new Shape(3, 1, 2),
                            "channels-last",
                            "16-bit floats",
                            false,
                            List.of("x", "größe"),
                            "per-feature",
                            List.of(0.0, -1.0, 2.0, -3.0, 4.0, -5.0),
                            List.of(6.0, 7.0, 8.0, 9.0, 10.0, Double.POSITIVE_INFINITY),
                            Optional.of(new Classes(List.of(0, 3, 70_000)))),
                    0.125),
            new Entry.TeamFormed(7, List.of(5L, 6L, 9L), 4.5),
            new Entry.TeamEnded(7, 91.25, true, "worker 6 is lost"),
            new Entry.DataShared("broadcast", 0.375, 0.5),
            new Entry.DataCame(8, true, 1L << 33, 2.75, 6.5),
            new Entry.Judged(9, 2, 3, 0.125, true, 7.5),
            new Entry.EpochSeen(10, 2, 4, 0.5, 0.25, 3.5, 8.5));

    private EntryExamples() {}
}
