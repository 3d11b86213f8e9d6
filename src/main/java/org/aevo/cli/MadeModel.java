package org.aevo.cli;

import org.aevo.network.Blueprint;
import org.aevo.record.ModelMetrics;
import org.aevo.search.Weights;

/**
 * A trained and tested model that is to be written.
 *
 * @param content what its folder has beside what that of every model has
 */
record MadeModel(ModelMetrics metrics, Blueprint blueprint, Weights weights, ModelFolder.Content content) {}
