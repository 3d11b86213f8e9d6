package org.aevo.record;

import java.nio.file.Path;

/** Where the files of a run are. */
public record RunPaths(Path directory) {
    /** Name of the file with a genome's text, in the folder of a candidate. */
    public static final String GENOME = "genome.txt";

    /** Name of the file with what came of full training, in the folder of a candidate. */
    public static final String METRICS = "metrics.json";

    /** Name of the file with a trained network, in the folder of a candidate. */
    public static final String MODEL = "model.h5";

    /** The effective input, complete. */
    public Path input() {
        return directory.resolve("input.yaml");
    }

    /** The truth; see {@link Journal}. */
    public Path journal() {
        return directory.resolve("run.journal");
    }

    /** The view for analysis; see {@link RunFile}. */
    public Path hdf5() {
        return directory.resolve("run.h5");
    }

    /** What was good in a damaged journal: its records before an offset. */
    public Path hdf5Until(long offset) {
        return directory.resolve("run-until-" + offset + ".h5");
    }

    /** A journal that was cut, as it was before. */
    public Path damagedJournal(int number) {
        return directory.resolve("run.journal.damaged-" + number);
    }

    /** The run.h5 beside a journal that was cut. */
    public Path damagedHdf5(int number) {
        return directory.resolve("run.h5.damaged-" + number);
    }

    /** What was printed, and more. */
    public Path log() {
        return directory.resolve("run.log");
    }

    /** Locked while a process works on the run; says which. */
    public Path lock() {
        return directory.resolve("run.lock");
    }

    /** What belongs to the best candidate. */
    public Path best() {
        return directory.resolve("best");
    }

    /** The best network, trained fully. */
    public Path bestModel() {
        return best().resolve(MODEL);
    }

    /** Text of the best genome, one line. */
    public Path bestGenome() {
        return best().resolve(GENOME);
    }

    /** What came of training the best candidate fully; see {@link MetricsFile}. */
    public Path bestMetrics() {
        return best().resolve(METRICS);
    }

    /** A candidate that was trained fully without being the best. */
    public Path candidate(long id) {
        return directory.resolve("candidate-" + id);
    }

    /** Weights of a candidate that was the best when it arrived. */
    public Path bestWeights(long id) {
        return best().resolve("weights-" + id + ".h5");
    }

    /** What the tasks of an ensemble keep; see {@link WeightStore}. */
    public Path ensemble() {
        return directory.resolve("ensemble");
    }

    /** Weights of candidates that may become parents; see {@link WeightStore}. */
    public Path weights() {
        return directory.resolve("weights");
    }
}
