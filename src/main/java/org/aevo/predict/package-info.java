/**
 * What a run would do with other numbers of workers: the real search strategies, driven in virtual time with the durations,
 * latencies and master's costs that a run measured. docs/predict.md says what the model holds and what it leaves out.
 */
package org.aevo.predict;
