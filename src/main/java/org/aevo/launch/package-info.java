/**
 * Where processes come from: which rank this one is, where the ranks of a run meet, which GPU and how much memory each
 * worker has, and who starts a worker again when its process ends.
 */
package org.aevo.launch;
