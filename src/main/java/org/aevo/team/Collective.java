package org.aevo.team;

import java.util.List;

/**
 * The members of a team, and what they do together. Every member calls the same operations in the same order; each
 * returns when its own part is done. One thread of each member at a time, but {@link #close} may come from any.
 *
 * <p>Every operation throws {@link TeamLostException} once the team has ended, on every member that waits in one too: no
 * operation waits for a member that is gone.
 */
public interface Collective extends AutoCloseable {

    /** This member, from 0, which is the leader. */
    int rank();

    /** Members, at least 2. */
    int size();

    /** Whether this member's word counts where members could differ. */
    default boolean leads() {
        return rank() == 0;
    }

    /**
     * The sums of what the members have, in place of it. All members get the same bits.
     *
     * @param values of which the first {@code count} are summed, one by one
     * @param count the same on every member
     */
    void allreduce(float[] values, int count);

    /**
     * What the leader says.
     *
     * @param word of the leader; of others it is not looked at
     * @return the leader's word, on every member
     */
    byte[] broadcast(byte[] word);

    /**
     * What all members say, for the leader.
     *
     * @return one word of each member, in the order of their ranks, on the leader; nothing elsewhere
     */
    List<byte[]> gather(byte[] word);

    /** Ends the team, for all its members; from any thread, also while an operation waits. A second call does nothing. */
    @Override
    void close();
}
