package org.aevo.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.aevo.mpi.Message;
import org.aevo.mpi.RunSecret;
import org.aevo.mpi.TeamDoor;
import org.aevo.predict.Communication;
import org.aevo.predict.Communication.Measured;
import org.aevo.stat.Statistics;
import org.aevo.team.Collective;

/** How long members of a team take here to sum up gradients: ranks of this process, over the loopback. */
final class CollectiveTiming {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int[] PARAMETERS = {100, 10_000, 100_000, 1_000_000};
    private static final int WARM_UP = 30;
    private static final int LEAST = 5;
    private static final int MOST = 60;
    private static final double SECONDS = 0.5;

    private CollectiveTiming() {}

    /**
     * The cost of one sum.
     *
     * @param ranks at least 2
     * @throws CommandException if no team can be made here
     */
    static Communication.Cost measure(int ranks) {
        List<TeamDoor> doors = new ArrayList<>();
        // who has done its part closes nothing that others are still in
        List<Collective> teams = new CopyOnWriteArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(ranks);
        try {
            RunSecret secret = RunSecret.random();
            for (int i = 0; i < ranks; i++) {
                doors.add(TeamDoor.open(secret, InetAddress.getLoopbackAddress()));
            }
            List<Message.Door> where = doors.stream().map(TeamDoor::door).toList();
            List<Callable<List<Measured>>> members = new ArrayList<>();
            for (int i = 0; i < ranks; i++) {
                int rank = i;
                members.add(() -> {
                    Collective team = doors.get(rank).assemble(1, rank, where, TIMEOUT);
                    teams.add(team);
                    return play(team);
                });
            }
            List<Future<List<Measured>>> played = threads.invokeAll(members);
            return Communication.fit(played.get(0).get());
        } catch (IOException | ExecutionException e) {
            throw new CommandException(
                    "--team: what a team of " + ranks + " communicates cannot be measured here: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted", e);
        } finally {
            teams.forEach(Collective::close);
            threads.shutdownNow();
            doors.forEach(TeamDoor::close);
        }
    }

    /** The median of several sums of each size; the leader's clock says when it is enough. */
    private static List<Measured> play(Collective team) {
        List<Measured> measured = new ArrayList<>();
        for (int parameters : PARAMETERS) {
            float[] values = new float[parameters];
            double[] seconds = new double[MOST];
            int count = 0;
            long begun = System.nanoTime();
            boolean more = true;
            for (int sum = -warmUp(parameters); more; sum++) {
                Arrays.fill(values, 1);
                long start = System.nanoTime();
                team.allreduce(values, parameters);
                if (sum >= 0) {
                    seconds[count++] = (System.nanoTime() - start) / 1e9;
                } else {
                    begun = System.nanoTime();
                }
                boolean enough = count == MOST || count >= LEAST && (System.nanoTime() - begun) / 1e9 > SECONDS;
                more = team.broadcast(new byte[] {(byte) (enough ? 0 : 1)})[0] == 1;
            }
            double[] sorted = Arrays.copyOf(seconds, count);
            Arrays.sort(sorted);
            measured.add(new Measured(parameters, Statistics.quantile(sorted, 0.5)));
        }
        return measured;
    }

    /** Large sums take long, and run through the same code often enough by themselves. */
    private static int warmUp(int parameters) {
        return Math.max(3, WARM_UP * PARAMETERS[1] / Math.max(PARAMETERS[1], parameters));
    }
}
