/**
 * The binary form of what the search exchanges: candidates, evaluations, weights. Messages between ranks and the
 * journal share it. Big-endian; strings are UTF-8 with a length; every length is checked against what is left before
 * anything is allocated.
 */
package org.aevo.codec;
