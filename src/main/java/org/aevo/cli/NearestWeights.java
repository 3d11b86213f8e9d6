package org.aevo.cli;

import java.io.IOException;
import org.aevo.record.WeightStore;
import org.aevo.search.ParentWeights;
import org.aevo.search.TrainedNetwork;

/**
 * The networks of parents as a worker reaches them: in the run's folder where it sees that, by messages to the master where it
 * does not. It looks each time, since a disk of many hosts may come and go while a worker lives.
 */
record NearestWeights(WeightStore store, ParentWeights atMaster) implements ParentWeights {
    @Override
    public Answer get(long id) {
        return nearest().get(id);
    }

    @Override
    public void put(TrainedNetwork network) throws IOException {
        nearest().put(network);
    }

    private ParentWeights nearest() {
        return store.isHere() ? store : atMaster;
    }
}
