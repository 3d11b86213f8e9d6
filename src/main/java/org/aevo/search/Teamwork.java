package org.aevo.search;

/**
 * How an evaluation was shared among the ranks of a team.
 *
 * @param ranks that worked on it
 * @param communicationSeconds of training and validation that the leader spent in what members do together, waiting for the slowest
 *     included; NaN for one rank
 */
public record Teamwork(int ranks, double communicationSeconds) {
    /** One rank did all of it. */
    public static final Teamwork ALONE = new Teamwork(1, Double.NaN);

    public Teamwork {
        if (ranks < 1) {
            throw new IllegalArgumentException("ranks of a team must be at least 1, were " + ranks);
        }
    }
}
