package org.aevo.predict;

import org.aevo.record.Entry.MasterCosts;

/**
 * What evaluations cost the master, a single server: it takes all that have arrived, makes them durable at once, tells the
 * search of each, then asks and sends for every free worker.
 *
 * @param commitSeconds for all evaluations that are made durable together
 * @param serviceSeconds for each, besides the search: hearing, entering, sending
 * @param searchSeconds of the search for each: breeding candidates, taking evaluations in
 */
public record MasterModel(double commitSeconds, double serviceSeconds, double searchSeconds) {
    /** A master that takes no time. */
    public static final MasterModel INSTANT = new MasterModel(0, 0, 0);

    public MasterModel {
        require("commit", commitSeconds);
        require("service", serviceSeconds);
        require("search", searchSeconds);
    }

    /**
     * As a run measured it. What earlier programs did not measure is made up for: by sending for the service, by all of the
     * journal's time for the commits.
     */
    public static MasterModel of(MasterCosts costs) {
        if (costs.tells() == 0) {
            return INSTANT;
        }
        double tells = costs.tells();
        boolean known = costs.commits() > 0 && costs.commitS() >= 0 && costs.serviceS() >= 0;
        return new MasterModel(
                known ? costs.commitS() / costs.commits() : costs.journalS() / tells,
                known ? costs.serviceS() : costs.sendS() / tells,
                costs.searchS() >= 0 ? costs.searchS() : (costs.askS() + costs.tellS()) / tells);
    }

    /** Seconds of the master for one of many evaluations, when commits are shared by so many that they do not count. */
    public double secondsEach() {
        return serviceSeconds + searchSeconds;
    }

    /** The most evaluations per second; infinite for a master that takes no time. */
    public double limit() {
        return 1 / secondsEach();
    }

    /**
     * The number of workers that saturates it.
     *
     * @param roundSeconds of a worker for one evaluation: the work and the messages
     */
    public double knee(double roundSeconds) {
        return roundSeconds * limit();
    }

    private static void require(String name, double seconds) {
        if (!(seconds >= 0) || Double.isInfinite(seconds)) {
            throw new IllegalArgumentException(name + " seconds must not be negative, were " + seconds);
        }
    }
}
