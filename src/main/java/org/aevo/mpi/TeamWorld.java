package org.aevo.mpi;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.aevo.mpi.mpj.GroupWorld;
import org.aevo.team.Collective;
import org.aevo.team.TeamLostException;

/**
 * A team in an MPJ Express world of its own, whose collective operations it uses. A thread that is interrupted while it
 * waits in one goes on waiting, or, where it sends, ends the team.
 */
final class TeamWorld implements Collective {
    private final long team;
    private final int rank;
    private final int size;
    private final GroupWorld world;
    private volatile boolean closed;

    private TeamWorld(long team, int rank, int size, GroupWorld world) {
        this.team = team;
        this.rank = rank;
        this.size = size;
        this.world = world;
    }

    /**
     * Makes the world of a team whose members are connected with each other.
     *
     * @param lines with all others; closed with the world, and if there is none
     * @param deadline by which all must have made it
     * @throws IOException if there is none in time
     */
    static TeamWorld make(long team, int rank, List<TeamLines> lines, GroupWorld world, Deadline deadline)
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
            return new TeamWorld(team, rank, lines.size() + 1, world);
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
            return world.broadcast(word);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    @Override
    public List<byte[]> gather(byte[] word) {
        try {
            return world.gather(word);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private TeamLostException lost(IOException e) {
        return new TeamLostException(
                closed
                        ? "team " + team + " was closed by member " + rank + ", this one"
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
