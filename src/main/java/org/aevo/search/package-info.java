/**
 * Which architecture next? A {@link org.aevo.search.SearchStrategy} is a pure, seeded state machine: it is asked for
 * candidates and told their evaluations, in whatever order they come. Nothing here knows of ranks, files or
 * training libraries.
 */
package org.aevo.search;
