/**
 * One two-rank world of MPJ Express. Its classes are loaded anew for each world, since MPJ keeps the state of a world
 * in static fields.
 */
package org.aevo.mpi.mpj;
