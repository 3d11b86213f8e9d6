package org.aevo.train.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.aevo.genome.Genome;
import org.aevo.record.WeightStore;
import org.aevo.search.Candidate;
import org.aevo.search.Effort;
import org.aevo.search.Evaluator;
import org.aevo.search.Inheritance;
import org.aevo.search.Job;
import org.aevo.search.ParentWeights;
import org.aevo.search.TrainedNetwork;

/**
 * What inheriting its weights costs a candidate: a line of identical ones, each the child of the one before it, trained as by a worker
 * with a store in a folder of its own, where the run's would be.
 *
 * @param build median seconds of building, reading and writing included
 * @param read median seconds of reading and checking the parent's network
 * @param write median seconds of writing its own, until the disk has it
 */
record InheritanceCost(double build, double read, double write) {

    /** Measures what reading and writing take. */
    private record Timed(WeightStore store, List<Double> reads, List<Double> writes) implements ParentWeights {
        @Override
        public Answer get(long id) {
            long start = System.nanoTime();
            Answer answer = store.get(id);
            reads.add(seconds(start));
            return answer;
        }

        @Override
        public void put(TrainedNetwork network) throws IOException {
            long start = System.nanoTime();
            store.put(network);
            writes.add(seconds(start));
        }
    }

    /**
     * @param trainers makes the trainer that is to inherit
     * @param generations children in a line
     * @param parent of the folder, which is gone afterwards
     */
    static InheritanceCost of(
            Function<Optional<ParentWeights>, Evaluator> trainers, Genome genome, int generations, Path parent)
            throws IOException {
        Path folder = Files.createTempDirectory(parent, "inheritance");
        WeightStore store = new WeightStore(folder, "benchmark", Integer.MAX_VALUE - 1);
        Timed timed = new Timed(store, new ArrayList<>(), new ArrayList<>());
        try {
            // not closed: the engine is that of others
            Evaluator trainer = trainers.apply(Optional.of(timed));
            List<Double> building = new ArrayList<>();
            for (int i = 0; i <= generations; i++) {
                Candidate child = new Candidate(i, i, i - 1, Candidate.NONE, "identity", genome);
                Effort effort = trainer.evaluate(new Job(child, i, Double.NaN))
                        .evaluation()
                        .effort();
                if (i > 0) {
                    require(effort.inheritance());
                    building.add(effort.durations().build());
                }
                store.keep(Set.of((long) i), Long.MAX_VALUE);
            }
            return new InheritanceCost(median(building), median(timed.reads()), median(timed.writes()));
        } finally {
            store.keep(Set.of(), Long.MAX_VALUE);
            Files.deleteIfExists(folder);
        }
    }

    private static void require(Inheritance inheritance) {
        if (inheritance.origin() != Inheritance.Origin.PARENT || inheritance.share() != 1) {
            throw new IllegalStateException("a child did not inherit all of its parent: " + inheritance);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) * 1e-9;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
