package org.aevo.model;

import org.aevo.record.ModelMetrics.Row;
import org.aevo.search.Control;

/** Hears how far a contest is. */
public interface ContestListener {
    /**
     * A model begins to be trained or fitted.
     *
     * @param model what it is, for people
     * @param number of the model, from 1
     * @param of models
     * @return who follows it
     */
    Control begins(String model, int number, int of);

    /**
     * A model is trained, or has failed.
     *
     * @param row without what is measured on test samples
     */
    void ends(Row row);

    /** All are trained: the test samples are read. */
    void tests(int samples);
}
