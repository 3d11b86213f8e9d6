/**
 * The binary form of what the search exchanges: candidates, evaluations, weights. Messages between ranks and the
 * journal share it. Big-endian; strings are UTF-8 with a length; every length is checked against what is left before
 * anything is allocated.
 *
 * <p>Each entry of the journal and each message is described once, by a {@link org.aevo.codec.Format}; the {@link
 * org.aevo.codec.FormatRegistry} of either refuses what has none.
 */
package org.aevo.codec;
