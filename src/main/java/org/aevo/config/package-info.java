/**
 * The input file: YAML read key by key into a {@link org.aevo.config.RunConfig}, every value checked where it stands,
 * and written out again in full as the effective input of a run.
 */
package org.aevo.config;
