package org.aevo.train;

import java.util.List;
import org.aevo.team.Collective;

/** A team, and how long this member has been in its operations. */
final class TimedCollective implements Collective {
    private final Collective members;
    private long nanos;

    TimedCollective(Collective members) {
        this.members = members;
    }

    /** In operations so far, waiting for others included. */
    long nanos() {
        return nanos;
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
        long begin = System.nanoTime();
        members.allreduce(values, count);
        nanos += System.nanoTime() - begin;
    }

    @Override
    public byte[] broadcast(byte[] word) {
        long begin = System.nanoTime();
        byte[] leaders = members.broadcast(word);
        nanos += System.nanoTime() - begin;
        return leaders;
    }

    @Override
    public List<byte[]> gather(byte[] word) {
        long begin = System.nanoTime();
        List<byte[]> words = members.gather(word);
        nanos += System.nanoTime() - begin;
        return words;
    }

    @Override
    public void close() {
        members.close();
    }
}
