package org.aevo.team;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A team whose members are threads of one process, each with a {@link Collective} of its own. Sums are made in the order
 * of the ranks, whoever comes first, so that results do not depend on the scheduler.
 */
public final class LocalTeam {
    private final int size;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Object[] brought;
    private int arrived;
    private int left;
    private String doing = "";
    private Object result;
    private boolean complete;
    private boolean ended;

    private LocalTeam(int size) {
        if (size < 2) {
            throw new IllegalArgumentException("a team has at least 2 members, not " + size);
        }
        this.size = size;
        this.brought = new Object[size];
    }

    /** The members of a new team, in the order of their ranks. */
    public static List<Collective> of(int size) {
        LocalTeam team = new LocalTeam(size);
        List<Collective> members = new ArrayList<>();
        for (int rank = 0; rank < size; rank++) {
            members.add(team.new Member(rank));
        }
        return members;
    }

    /**
     * One operation of all.
     *
     * @param name members that call different operations are a mistake of the program, which every member is told
     * @param combine what all brought, by rank, to what all get
     */
    private Object together(int rank, String name, Object mine, Function<Object[], Object> combine) {
        lock.lock();
        try {
            await(() -> !complete); // members still take the last result along
            check();
            if (arrived > 0 && !doing.equals(name)) {
                ended = true;
                changed.signalAll();
                throw new IllegalStateException("member " + rank + " does " + name + ", others " + doing);
            }
            doing = name;
            brought[rank] = mine;
            arrived++;
            if (arrived == size) {
                result = combine.apply(brought.clone());
                complete = true;
                left = size;
                changed.signalAll();
            }
            await(() -> complete);
            check();
            Object all = result;
            left--;
            if (left == 0) {
                Arrays.fill(brought, null);
                result = null;
                arrived = 0;
                complete = false;
                changed.signalAll();
            }
            return all;
        } finally {
            lock.unlock();
        }
    }

    private void await(BooleanSupplier ready) {
        while (!ended && !ready.getAsBoolean()) {
            changed.awaitUninterruptibly();
        }
    }

    private void check() {
        if (ended) {
            throw new TeamLostException("the team has ended");
        }
    }

    private final class Member implements Collective {
        private final int rank;

        Member(int rank) {
            this.rank = rank;
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
            float[] mine = Arrays.copyOf(values, count);
            float[] sum = (float[]) together(rank, "allreduce of " + count, mine, all -> {
                float[] total = ((float[]) all[0]).clone();
                for (int member = 1; member < size; member++) {
                    float[] part = (float[]) all[member];
                    for (int i = 0; i < count; i++) {
                        total[i] += part[i];
                    }
                }
                return total;
            });
            System.arraycopy(sum, 0, values, 0, count);
        }

        @Override
        public byte[] broadcast(byte[] word) {
            byte[] said = rank == 0 ? word.clone() : new byte[0];
            return ((byte[]) together(rank, "broadcast", said, all -> all[0])).clone();
        }

        @Override
        public List<byte[]> gather(byte[] word) {
            Object[] all = (Object[]) together(rank, "gather", word.clone(), words -> words);
            List<byte[]> words = new ArrayList<>();
            if (rank == 0) {
                for (Object one : all) {
                    words.add(((byte[]) one).clone());
                }
            }
            return words;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
