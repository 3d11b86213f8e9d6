/** Statistics of a few numbers: medians and ranges, means with their confidence intervals. Imports nothing of the project. */
package org.aevo.stat;
