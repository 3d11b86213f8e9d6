package org.aevo.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aevo.search.Inheritance;
import org.aevo.search.ParentWeights;
import org.aevo.search.TrainedNetwork;

/** Networks in memory, and what else is said of some that are asked for. */
public final class FakeParents implements ParentWeights {
    final Map<Long, TrainedNetwork> networks = new HashMap<>();
    final Map<Long, Answer> answers = new HashMap<>();
    final List<Long> asked = new ArrayList<>();
    private final Failure failure;

    /** What keeping a network fails with. */
    @FunctionalInterface
    interface Failure {
        void happen() throws IOException;
    }

    public FakeParents() {
        this(() -> {});
    }

    FakeParents(Failure failure) {
        this.failure = failure;
    }

    @Override
    public Answer get(long id) {
        asked.add(id);
        if (answers.containsKey(id)) {
            return answers.get(id);
        }
        return networks.containsKey(id)
                ? new Found(networks.get(id))
                : new NotFound(Inheritance.Origin.MISSING, "memory: there is no " + id);
    }

    @Override
    public void put(TrainedNetwork network) throws IOException {
        failure.happen();
        networks.put(network.id(), network);
    }
}
