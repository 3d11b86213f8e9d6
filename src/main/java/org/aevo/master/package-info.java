/**
 * The rank that leads. One loop, whatever the search: take what arrived, make it durable, tell the strategy, ask it for
 * every free worker, send. Whether workers wait for a generation is the strategy's affair alone.
 */
package org.aevo.master;
