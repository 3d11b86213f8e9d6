package org.aevo.train.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.aevo.genome.GenomeText;
import org.aevo.mpi.Message;
import org.aevo.mpi.RunSecret;
import org.aevo.mpi.TeamDoor;
import org.aevo.search.Candidate;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Job;
import org.aevo.team.Collective;
import org.aevo.train.Engine;
import org.aevo.train.MemoryBudget;
import org.aevo.train.Objective;
import org.aevo.train.Samples;
import org.aevo.train.Trainer;
import org.aevo.train.TrainingSettings;

/**
 * A process of {@link TeamBenchmark}, by {@code TeamMember ENGINE}: says where its door is, and does what it is told in lines, {@code
 * join RANK PORT...}, then {@code alone MODEL STEPS} or {@code team MODEL STEPS}, each of which it answers in a line.
 */
public final class TeamMember {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BATCHES = 4;

    private TeamMember() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        RunSecret secret = RunSecret.fromEnvironment(System.getenv()).orElseThrow();
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (TeamDoor door = TeamDoor.open(secret, InetAddress.getLoopbackAddress());
                Engine engine = BenchmarkEngines.open(arguments[0])) {
            System.out.println("door " + door.door().port());
            Optional<Collective> team = Optional.empty();
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                String[] words = line.split(" ");
                if (words[0].equals("join")) {
                    team = Optional.of(joined(door, words));
                    System.out.println("joined");
                } else {
                    System.out.println(trained(
                            engine,
                            words[0].equals("team") ? team : Optional.empty(),
                            words[1],
                            Integer.parseInt(words[2])));
                }
            }
            team.ifPresent(Collective::close);
        }
    }

    private static Collective joined(TeamDoor own, String[] words) throws IOException, InterruptedException {
        List<Message.Door> doors = new ArrayList<>();
        for (int i = 2; i < words.length; i++) {
            doors.add(new Message.Door(own.door().hosts(), Integer.parseInt(words[i])));
        }
        return own.assemble(1, Integer.parseInt(words[1]), doors, PATIENCE);
    }

    /** {@code MILLISECONDS_OF_A_STEP THOSE_OF_PROCESSORS SHARE_OF_COMMUNICATION PARAMETERS}. */
    private static String trained(Engine engine, Optional<Collective> team, String name, int steps) {
        BenchmarkModels.Model model = TeamBenchmark.model(name);
        int batch = model.hyperparameters().batchSize();
        Samples train = TrainingBenchmark.randomSamples(model.blueprint().input(), BATCHES * batch);
        Samples few = TrainingBenchmark.randomSamples(model.blueprint().input(), 1);
        TrainingSettings settings = new TrainingSettings(
                1 << 20, 1 << 20, 0, Double.POSITIVE_INFINITY, 1e9, 0, steps, 0, TrainingSettings.Kept.LAST);
        Trainer trainer = new Trainer(
                engine,
                design -> model.blueprint(),
                Objective.reconstruction(train, few),
                settings,
                MemoryBudget.UNLIMITED);
        trainer.join(team);
        // trained as its rates say, whatever its layers are
        Candidate candidate = new Candidate(
                1,
                0,
                Candidate.NONE,
                Candidate.NONE,
                "random",
                GenomeText.parse("dense(3,tanh) | latent(2) | upsampling | adam(lr0.001,batch" + batch + ")"));
        double before = processorSeconds();
        Evaluation e = trainer.evaluate(new Job(candidate, 1, Double.NaN)).evaluation();
        if (e.status() != EvaluationStatus.OK) {
            throw new IllegalStateException(e.toString());
        }
        double seconds = e.effort().durations().train();
        return String.format(
                Locale.ROOT,
                "%.4f %.4f %.4f %d",
                1000 * seconds / steps,
                1000 * (processorSeconds() - before) / steps,
                e.effort().teamwork().communicationSeconds() / e.seconds(),
                e.effort().parameters());
    }

    private static double processorSeconds() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                        .getProcessCpuTime()
                * 1e-9;
    }
}
