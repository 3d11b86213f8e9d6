package org.aevo.worker;

import java.util.List;
import org.aevo.team.Collective;
import org.aevo.team.TeamLostException;

/**
 * The members of a team, as the evaluator of one of them sees them. When it leaves them, the others wait until what it
 * brought is sent: then they are let go by whoever made this.
 */
final class Attendance implements Collective {
    private final Collective members;
    private volatile boolean left;

    Attendance(Collective members) {
        this.members = members;
    }

    /** Whether the evaluator has ended the team by itself. */
    boolean isLeft() {
        return left;
    }

    @Override
    public int rank() {
        return members.rank();
    }

    @Override
    public int size() {
        return members.size();
    }

    @Override
    public void allreduce(float[] values, int count) {
        require();
        members.allreduce(values, count);
    }

    @Override
    public byte[] broadcast(byte[] word) {
        require();
        return members.broadcast(word);
    }

    @Override
    public List<byte[]> gather(byte[] word) {
        require();
        return members.gather(word);
    }

    private void require() {
        if (left) {
            throw new TeamLostException("this member has left the team");
        }
    }

    @Override
    public void close() {
        left = true;
    }
}
