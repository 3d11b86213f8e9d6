/**
 * What the search is for: a {@link org.aevo.task.Task} makes the {@link org.aevo.train.Objective} that candidates are
 * trained for, from the training and validation samples alone. Nothing here ever sees a test sample of a search.
 */
package org.aevo.task;
