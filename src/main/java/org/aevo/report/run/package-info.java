/**
 * What is said about one run: each class makes one section or one figure of {@link org.aevo.record.RunData}. Times and
 * shares are those of {@link org.aevo.record.Accounting}.
 */
package org.aevo.report.run;
