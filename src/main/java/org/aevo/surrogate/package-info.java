/** What evaluated genomes tell of others: a Gaussian process over the choices that make a genome. */
package org.aevo.surrogate;
