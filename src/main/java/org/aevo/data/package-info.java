/**
 * Where the samples come from. {@link org.aevo.data.DataSettings} says which set is meant, how it is split and scaled;
 * {@link org.aevo.data.Datasets} checks it ({@code inspect}: nothing large is kept in memory) or loads it ({@code
 * load}).
 *
 * <p>A load has three steps: the {@link org.aevo.data.DataSource} checks its files, the split chooses samples by their
 * index, and only the chosen ones become floats. Anything wrong with the data is a {@link org.aevo.data.DataException}
 * of one line.
 *
 * <p>This package imports nothing of the project.
 */
package org.aevo.data;
