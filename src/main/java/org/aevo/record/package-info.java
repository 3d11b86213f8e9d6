/**
 * What happened, so that it survives. The {@link org.aevo.record.Journal} is the truth: an append-only file of {@link
 * org.aevo.record.Entry entries}, each durable before anyone acts on it. {@link org.aevo.record.RunHistory} folds them
 * into columns; {@link org.aevo.record.RunFile} writes those as {@code run.h5}, the view for analysis; {@link
 * org.aevo.record.Accounting} says where the workers' time went. A {@link org.aevo.record.Holding} knows whether all of it
 * is still where this process opened it.
 *
 * <p>Times are seconds since the run's start, by the master's clock; a resumed run's clock goes on from where it was.
 */
package org.aevo.record;
