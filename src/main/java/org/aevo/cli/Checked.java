package org.aevo.cli;

import java.util.Optional;
import org.aevo.config.RunConfig;
import org.aevo.data.CheckedData;
import org.aevo.genome.SearchSpace;
import org.aevo.record.Inputs;

/**
 * What is known of a run whose input and data were found good.
 *
 * @param config the input, with its seeds written out
 * @param inputs how samples become inputs; empty where evaluations are simulated
 * @param data as they were found, where this process is to send them to workers
 */
record Checked(RunConfig config, SearchSpace space, Optional<Inputs> inputs, Optional<CheckedData> data) {}
