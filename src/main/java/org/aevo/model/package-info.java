/**
 * From a candidate to a model: full training on all but the test samples, the test, and the same for what one would use
 * without a search. Which files come of it is another room's.
 */
package org.aevo.model;
