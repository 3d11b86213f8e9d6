package org.aevo.mpi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.genome.GenomeText;
import org.aevo.host.Machine;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Figure;
import org.aevo.search.Inheritance;
import org.aevo.search.ParentWeights;
import org.aevo.search.Score;
import org.aevo.search.Teamwork;
import org.aevo.search.TrainedNetwork;
import org.aevo.search.Usage;
import org.aevo.search.Weights;

/** One message of each type, no field of which equals another of its kind. */
final class MessageExamples {
    private static final Weights WEIGHTS = new Weights(List.of(
            new Weights.Array("e0_conv_W", new int[] {2, 1, 2}, new float[] {0.5f, -1, Float.NaN, 2}),
            new Weights.Array("größe", new int[0], new float[] {3})));

    static final List<Message> ALL = List.of(
            new Message.Welcome(
                    3,
                    "seed: 1\n# größe\n",
                    30.5,
                    Optional.of(new Message.Store("0a1b2c", "/runs/größe/weights")),
                    Optional.of(new Message.Data("5e884898", 1L << 33))),
            new Message.Assign(
                    new Candidate(
                            12,
                            3,
                            4,
                            7,
                            "crossover+mutate",
                            GenomeText.parse("conv(16,k3,s2,relu,bn) pool(2) dense(64,tanh,drop0.1) | latent(16)"
                                    + " | deconvolution | adam(lr0.001,batch128)")),
                    2,
                    -77,
                    0.25),
            new Message.Stop("budget spent"),
            new Message.Ready(
                    "node1",
                    "cpu",
                    "9f86d081",
                    4711,
                    1.5,
                    Optional.of(new Message.Ended(12, "was killed by signal 9 (SIGKILL)")),
                    8,
                    new Machine("Xeon größe", 64, 15.5, "0-15", 1L << 37, 1L << 35, "Linux 6.1.0", 3.25),
                    Optional.of(new Message.Door(List.of("10.0.0.7", "größe.local"), 20_001))),
            new Message.Result(
                    12,
                    2,
                    0.0625,
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
                    Optional.of(WEIGHTS)),
            new Message.Unable("no data"),
            new Message.Goodbye("was told to stop"),
            new Message.Heartbeat(-1),
            new Message.Withdraw(13, 4),
            new Message.Returned(14, 5),
            new Message.Preparing("node2", 4712, "loading the data", 40.5, 0.25),
            new Message.Keep(
                    21,
                    new TrainedNetwork(
                            15,
                            GenomeText.parse("dense(64,tanh) | latent(16) | upsampling | adam(lr0.002,batch64)"),
                            31,
                            WEIGHTS)),
            new Message.Kept(22, "/runs/x/weights/15.weights: cannot be written"),
            new Message.Fetch(23, 16),
            new Message.Fetched(
                    24, new ParentWeights.NotFound(Inheritance.Origin.STALE, "/runs/x/weights/16.weights: of another")),
            new Message.Assemble(
                    25,
                    1,
                    List.of(
                            new Message.Door(List.of("10.0.0.8"), 20_002),
                            new Message.Door(List.of("10.0.0.9", "node3"), 20_003))),
            new Message.Disband(26, "worker 4 is lost"),
            new Message.Assembled(27),
            new Message.Disbanded(28, "node3 does not answer"),
            new Message.FetchData(29, 1L << 34, 1 << 18, 26),
            new Message.DataPiece(30, 1L << 35, new byte[] {5, -6, 7}, "größe.data: cannot be read"),
            new Message.DataHere(true, 1L << 36, 17.5),
            new Message.EpochDone(31, 2, 3, 0.5, 0.25, 0.125, 6.5, true),
            new Message.Verdict(32, 2, 3, true));

    private MessageExamples() {}
}
