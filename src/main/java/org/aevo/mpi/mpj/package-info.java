/**
 * Worlds of MPJ Express: of two ranks, and of several that work together. MPJ's classes are loaded anew for each, since
 * MPJ keeps the state of a world in static fields.
 */
package org.aevo.mpi.mpj;
