package org.aevo.record;

/**
 * What a master process was: the recorded decisions of a run are those of its programs.
 *
 * @param name program and version; empty if unknown, like the others
 * @param commit of its sources
 * @param java version of Java that it ran on
 */
public record Program(String name, String commit, String java) {
    @Override
    public String toString() {
        return (name.isEmpty() ? "an unknown version of aevo" : name)
                + " (commit " + (commit.isEmpty() ? "unknown" : commit)
                + ", Java " + (java.isEmpty() ? "unknown" : java) + ")";
    }
}
