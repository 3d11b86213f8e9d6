/**
 * A trained network on new data: samples go through it a piece at a time, so that there may be more of them than memory
 * holds, and what comes out goes into a file.
 */
package org.aevo.apply;
