/**
 * The loop of a rank that trains: it answers each assignment with the result of an evaluator, real or simulated, and
 * measures how long it waited between them.
 */
package org.aevo.worker;
