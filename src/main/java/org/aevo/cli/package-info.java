/** The commands of {@code bin/aevo}: where the other rooms are put together. */
package org.aevo.cli;
