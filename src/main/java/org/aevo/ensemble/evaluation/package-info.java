/** How the tasks of an ensemble run are done: autoencoders trained and kept, codes, classifiers. */
package org.aevo.ensemble.evaluation;
