package org.aevo.mpi;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aevo.team.Collective;
import org.aevo.team.TeamLostException;

/** How long the members of a team, processes on this host, take for one sum: {@code bench/team allreduce}. */
public final class TeamBenchmark {
    private static final String MEMBER = "member";

    private TeamBenchmark() {}

    /**
     * Starts a team, or is a member of one.
     *
     * @param args ranks, seconds for each size, sizes in floats; of a member {@code member} in place of the ranks
     */
    public static void main(String[] args) throws Exception {
        double seconds = Double.parseDouble(args[1]);
        int[] sizes = Arrays.stream(args).skip(2).mapToInt(Integer::parseInt).toArray();
        if (args[0].equals(MEMBER)) {
            take(RunSecret.fromEnvironment(System.getenv()).orElseThrow(), seconds, sizes);
        } else {
            start(Integer.parseInt(args[0]), args);
        }
    }

    private static void start(int ranks, String[] args) throws Exception {
        RunSecret secret = RunSecret.random();
        List<Process> members = new ArrayList<>();
        try {
            List<String> ports = new ArrayList<>();
            List<BufferedReader> said = new ArrayList<>();
            for (int i = 0; i < ranks; i++) {
                members.add(process(secret, args));
                said.add(members.get(i).inputReader(StandardCharsets.UTF_8));
                ports.add(said.get(i).readLine());
            }
            for (int i = 0; i < ranks; i++) {
                members.get(i).getOutputStream().write((TeamMember.invitation(i, ports) + "\n").getBytes());
                members.get(i).getOutputStream().flush();
            }
            said.get(0).lines().forEach(System.out::println);
        } finally {
            members.forEach(Process::destroyForcibly);
        }
    }

    /** The virtual machine and the options of this process. */
    private static Process process(RunSecret secret, String[] args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TeamBenchmark.class.getName(), MEMBER));
        command.addAll(List.of(args).subList(1, args.length));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put(RunSecret.VARIABLE, secret.hex());
        return builder.start();
    }

    private static void take(RunSecret secret, double seconds, int[] sizes) throws Exception {
        try (TeamDoor door = TeamDoor.open(secret, InetAddress.getLoopbackAddress());
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(door.door().port());
            String invitation = in.readLine();
            long from = System.nanoTime();
            try (Collective team = TeamMember.assemble(door, invitation)) {
                if (team.leads()) {
                    System.out.printf(
                            "%d ranks, together after %.0f ms%n", team.size(), (System.nanoTime() - from) / 1e6);
                }
                for (int size : sizes) {
                    measure(team, size, seconds);
                }
                if (!team.leads()) {
                    team.broadcast(new byte[0]); // until the leader leaves
                }
            } catch (TeamLostException e) {
                // it has
            }
        }
    }

    private static void measure(Collective team, int length, double seconds) {
        float[] values = new float[length];
        times(team, values, seconds / 2); // classes are loaded and compiled
        double[] milliseconds = times(team, values, seconds);
        if (team.leads()) {
            Arrays.sort(milliseconds);
            int n = milliseconds.length;
            System.out.printf(
                    "%8d floats: median %.3f ms, quartiles %.3f and %.3f, least %.3f, %d times%n",
                    length, milliseconds[n / 2], milliseconds[n / 4], milliseconds[3 * n / 4], milliseconds[0], n);
        }
    }

    /** Of sums one after the other, until the leader says that it is enough. */
    private static double[] times(Collective team, float[] values, double seconds) {
        List<Double> times = new ArrayList<>();
        long start = System.nanoTime();
        boolean more = true;
        while (more) {
            for (int i = 0; i < 20; i++) {
                Arrays.fill(values, 1f / team.size());
                long from = System.nanoTime();
                team.allreduce(values, values.length);
                times.add((System.nanoTime() - from) / 1e6);
            }
            byte[] word = {(byte) ((System.nanoTime() - start) / 1e9 < seconds ? 1 : 0)};
            more = team.broadcast(word)[0] == 1;
        }
        return times.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
