package org.aevo.mpi;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.aevo.mpi.mpj.GroupWorld;
import org.aevo.team.Collective;
import org.aevo.team.TeamLostException;

/**
 * A team in an MPJ Express world of its own, whose collective operations it uses. Words carry a seal, sums do not: that
 * would take longer than to compute them. A thread that is interrupted while it
 * waits in one goes on waiting, or, where it sends, ends the team.
 */
final class TeamWorld implements Collective {
    private static final byte[] NOTHING = {};

    private final long team;
    private final int rank;
    private final int size;
    private final GroupWorld world;
    private final TeamSeals seals;
    private volatile boolean closed;

    private TeamWorld(long team, int rank, int size, GroupWorld world, TeamSeals seals) {
        this.team = team;
        this.rank = rank;
        this.size = size;
        this.world = world;
        this.seals = seals;
    }

    /**
     * Makes the world of a team whose members are connected with each other.
     *
     * @param lines with all others; closed with the world, and if there is none
     * @param seals of the team's words
     * @param deadline by which all must have made it
     * @throws IOException if there is none in time
     */
    static TeamWorld make(
            long team, int rank, List<TeamLines> lines, GroupWorld world, TeamSeals seals, Deadline deadline)
            throws IOException, InterruptedException {
        List<SocketChannel> outgoing = lines.stream().map(TeamLines::outgoing).toList();
        List<SocketChannel> incoming = lines.stream().map(TeamLines::incoming).toList();
        boolean good = false;
        try {
            WorldInit.run("the others of team " + team, deadline, () -> {
                world.init(rank, outgoing, incoming);
                world.barrier();
            });
            good = true;
            return new TeamWorld(team, rank, lines.size() + 1, world, seals);
        } finally {
            if (!good) {
                world.drop();
                for (TeamLines with : lines) {
                    with.close();
                }
            }
        }
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void allreduce(float[] values, int count) {
        try {
            world.allreduce(values, count);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    @Override
    public byte[] broadcast(byte[] word) {
        try {
            byte[] sealed = world.broadcast(leads() ? seals.seal(0, word) : NOTHING);
            byte[] said = seals.open(0, sealed);
            seals.next();
            return said;
        } catch (IOException e) {
            throw lost(e);
        }
    }

    @Override
    public List<byte[]> gather(byte[] word) {
        try {
            List<byte[]> words = new ArrayList<>();
            for (byte[] sealed : world.gather(seals.seal(rank, word))) {
                words.add(seals.open(words.size(), sealed));
            }
            seals.next();
            return words;
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private TeamLostException lost(IOException e) {
        world.drop(); // if it has not ended: one of its words was not what was said
        return new TeamLostException(
                closed
                        ? "team " + team + " was closed by member " + rank + ", this one"
                        : e instanceof ChangedFramesException
                                ? "words of team " + team + " were changed on their way"
                                : "another member of team " + team + " is gone, or has closed it: " + e.getMessage(),
                e);
    }

    @Override
    public void close() {
        closed = true;
        world.drop();
    }

    @Override
    public String toString() {
        return "member " + rank + " of " + size + " of team " + team;
    }
}
