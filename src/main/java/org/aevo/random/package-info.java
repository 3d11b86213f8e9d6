/**
 * Random numbers that are the same on every machine and every Java: seeds that are derived from others, and generators of
 * specified algorithms. Imports nothing of the project.
 */
package org.aevo.random;
