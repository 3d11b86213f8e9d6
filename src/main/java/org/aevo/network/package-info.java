/**
 * What a network is: a {@link org.aevo.network.Blueprint} of {@link org.aevo.network.Layer layers} with shapes and
 * parameter counts, as a graph, for any training engine to build; and how it is trained. It is the ground floor: this
 * package imports nothing of the project, and says nothing of where a network comes from.
 */
package org.aevo.network;
