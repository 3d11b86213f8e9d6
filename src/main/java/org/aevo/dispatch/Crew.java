package org.aevo.dispatch;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The workers that are ready, by their places, and what each of them has. Who is to be served next is found without a look
 * at every worker.
 */
final class Crew {
    private final int prefetch;
    private final List<WorkQueue> places = new ArrayList<>();
    /** Workers that may be sent more, by how many candidates they have. */
    private final List<BitSet> room = new ArrayList<>();
    /** Workers by how many candidates could be asked back of them; the first of these sets stays empty. */
    private final List<BitSet> behind = new ArrayList<>();

    private int ready;
    private int out;
    private int withdrawing;

    Crew(int prefetch) {
        this.prefetch = prefetch;
        for (int has = 0; has <= prefetch; has++) {
            room.add(new BitSet());
            behind.add(new BitSet());
        }
    }

    void join(int place) {
        while (places.size() <= place) {
            places.add(null);
        }
        if (places.get(place) != null) {
            throw new IllegalArgumentException("place " + place + " has a worker already");
        }
        places.set(place, new WorkQueue());
        ready++;
        file(place);
    }

    boolean has(int place) {
        return place < places.size() && places.get(place) != null;
    }

    /** Whether the worker of a place has a candidate in this attempt. */
    boolean has(int place, long id, int attempt) {
        return places.get(place).has(id, attempt);
    }

    /** What the worker takes along, in order. */
    List<Assignment> leave(int place) {
        WorkQueue queue = take(place);
        places.set(place, null);
        ready--;
        out -= queue.size();
        return queue.all();
    }

    void send(int place, Assignment assignment) {
        take(place).add(assignment);
        out++;
        file(place);
    }

    Optional<Assignment> release(int place, long id, int attempt) {
        Optional<Assignment> released = take(place).release(id, attempt);
        out -= released.isPresent() ? 1 : 0;
        file(place);
        return released;
    }

    Assignment withdraw(int place) {
        Assignment assignment = take(place).withdraw();
        file(place);
        return assignment;
    }

    /** How many candidates the workers have that are to be sent more next: those that have least. Empty if none may have more. */
    OptionalInt least() {
        for (int has = 0; has <= prefetch; has++) {
            if (!room.get(has).isEmpty()) {
                return OptionalInt.of(has);
            }
        }
        return OptionalInt.empty();
    }

    /** The first place whose worker has so many and may be sent more. */
    int first(int has) {
        return room.get(has).nextSetBit(0);
    }

    /** The first place of those where most waits behind others. */
    OptionalInt longest() {
        for (int waiting = prefetch; waiting > 0; waiting--) {
            int place = behind.get(waiting).nextSetBit(0);
            if (place >= 0) {
                return OptionalInt.of(place);
            }
        }
        return OptionalInt.empty();
    }

    int ready() {
        return ready;
    }

    /** Workers that have nothing to do. */
    int idle() {
        return room.get(0).cardinality();
    }

    /** Candidates that workers have. */
    int out() {
        return out;
    }

    /** Tells of all that workers have. */
    void forEach(Consumer<Assignment> each) {
        for (WorkQueue queue : places) {
            if (queue != null) {
                queue.all().forEach(each);
            }
        }
    }

    /** Candidates that were asked back and may still come. */
    int withdrawing() {
        return withdrawing;
    }

    /** Out of the sets, before it changes. */
    private WorkQueue take(int place) {
        if (!has(place)) {
            throw new IllegalArgumentException("place " + place + " has no worker");
        }
        WorkQueue queue = places.get(place);
        withdrawing -= queue.withdrawing();
        if (queue.size() <= prefetch) {
            room.get(queue.size()).clear(place);
        }
        behind.get(queue.behind()).clear(place);
        return queue;
    }

    private void file(int place) {
        WorkQueue queue = places.get(place);
        withdrawing += queue.withdrawing();
        if (queue.isWhole() && queue.size() <= prefetch) {
            room.get(queue.size()).set(place);
        }
        if (queue.behind() > 0) {
            behind.get(queue.behind()).set(place);
        }
    }
}
