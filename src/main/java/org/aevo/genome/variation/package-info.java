/** The operators that make and vary genomes. */
package org.aevo.genome.variation;
