package org.aevo.train.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.aevo.mpi.RunSecret;

/**
 * A team of processes against one of them alone, by {@code TeamBenchmark [engines [ranks [seconds [repeats [model...]]]]]}: the
 * same processes do both in turn, one thread each, and the ratio is of runs that stood side by side.
 */
public final class TeamBenchmark {
    private static final String SYNTAX = "usage: TeamBenchmark [engine,... [ranks [seconds [repeats [model...]]]]]";

    private TeamBenchmark() {}

    static BenchmarkModels.Model model(String name) {
        return BenchmarkModels.ofTeams().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no model " + name + ": "
                        + BenchmarkModels.ofTeams().stream()
                                .map(BenchmarkModels.Model::name)
                                .toList()));
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> given = List.of(arguments);
        if (!given.isEmpty() && given.get(0).startsWith("-")) {
            System.out.println(SYNTAX);
            return;
        }
        String[] engines =
                given.isEmpty() ? new String[] {"torch", "dl4j"} : given.get(0).split(",");
        int ranks = given.size() > 1 ? Integer.parseInt(given.get(1)) : 2;
        double seconds = given.size() > 2 ? Double.parseDouble(given.get(2)) : 3;
        int repeats = given.size() > 3 ? Integer.parseInt(given.get(3)) : 5;
        List<String> models = given.size() > 4
                ? given.subList(4, given.size())
                : BenchmarkModels.ofTeams().stream()
                        .map(BenchmarkModels.Model::name)
                        .toList();
        System.out.printf(
                Locale.ROOT,
                "%-6s %-14s %6s %10s %9s %9s %7s %15s %7s %9s%n",
                "engine",
                "model",
                "batch",
                "parameters",
                "alone ms",
                "team ms",
                "ratio",
                "from, to",
                "share",
                "cpu ratio");
        for (String engine : engines) {
            try (Processes processes = new Processes(engine, ranks)) {
                for (String name : models) {
                    compare(processes, engine, model(name), seconds, repeats);
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%nMilliseconds of a step, medians of %d runs of %.0f s each; %d processes of one thread; share: of the "
                        + "team's time that the leader was in operations of all; cpu ratio: of the processor time that the leader "
                        + "takes, alone and in the team, which tells on a busy machine what the ratio could be. Load over the last minute: %s%n",
                repeats,
                seconds,
                ranks,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static void compare(
            Processes processes, String engine, BenchmarkModels.Model model, double seconds, int repeats)
            throws IOException {
        // so many steps that a run takes as long as it should; both ways warm up by the way
        processes.run("team", model, 10);
        double step = processes.run("alone", model, 10)[0];
        int steps = Math.max(10, (int) (1000 * seconds / step));
        List<Double> alone = new ArrayList<>();
        List<Double> team = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        double parameters = 0;
        for (int i = 0; i < repeats; i++) {
            double[] one = processes.run("alone", model, steps);
            double[] all = processes.run("team", model, steps);
            alone.add(one[0]);
            team.add(all[0]);
            ratios.add(one[0] / all[0]);
            processor.add(one[1] / all[1]);
            shares.add(all[2]);
            parameters = one[3];
        }
        System.out.printf(
                Locale.ROOT,
                "%-6s %-14s %6d %10.0f %9.2f %9.2f %7.2f %15s %6.1f%% %9.2f%n",
                engine,
                model.name(),
                model.hyperparameters().batchSize(),
                parameters,
                median(alone),
                median(team),
                median(ratios),
                String.format(Locale.ROOT, "%.2f, %.2f", Collections.min(ratios), Collections.max(ratios)),
                100 * median(shares),
                median(processor));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    }

    /** The members, which wait for what they are told. */
    private static final class Processes implements AutoCloseable {
        private final List<Process> members = new ArrayList<>();
        private final List<PrintStream> to = new ArrayList<>();
        private final List<BufferedReader> from = new ArrayList<>();

        Processes(String engine, int ranks) throws IOException {
            RunSecret secret = RunSecret.random();
            StringBuilder ports = new StringBuilder();
            for (int rank = 0; rank < ranks; rank++) {
                start(engine, secret);
                ports.append(' ').append(answer(rank).substring("door ".length()));
            }
            for (int rank = 0; rank < ranks; rank++) {
                tell(rank, "join " + rank + ports);
            }
            for (int rank = 0; rank < ranks; rank++) {
                answer(rank);
            }
        }

        private void start(String engine, RunSecret secret) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), TeamMember.class.getName(), engine));
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
            builder.environment().put("OMP_NUM_THREADS", "1");
            builder.environment().put(RunSecret.VARIABLE, secret.hex());
            Process member = builder.start();
            members.add(member);
            to.add(new PrintStream(member.getOutputStream(), true, StandardCharsets.UTF_8));
            from.add(new BufferedReader(new InputStreamReader(member.getInputStream(), StandardCharsets.UTF_8)));
        }

        private void tell(int rank, String line) {
            to.get(rank).println(line);
        }

        private String answer(int rank) throws IOException {
            String line = from.get(rank).readLine();
            if (line == null) {
                throw new IOException("member " + rank + " has ended");
            }
            return line;
        }

        /** What the first member measured. */
        double[] run(String how, BenchmarkModels.Model model, int steps) throws IOException {
            int ranks = how.equals("alone") ? 1 : members.size();
            for (int rank = 0; rank < ranks; rank++) {
                tell(rank, how + " " + model.name() + " " + steps);
            }
            double[] first = {};
            for (int rank = 0; rank < ranks; rank++) {
                double[] said = Arrays.stream(answer(rank).split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
                first = rank == 0 ? said : first;
            }
            return first;
        }

        @Override
        public void close() {
            to.forEach(PrintStream::close);
            for (Process member : members) {
                try {
                    if (!member.waitFor(30, TimeUnit.SECONDS)) {
                        member.destroyForcibly();
                    }
                } catch (InterruptedException e) {
                    member.destroyForcibly();
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
