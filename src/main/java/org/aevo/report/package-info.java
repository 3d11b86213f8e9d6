/**
 * What is said about runs when they are over: sections of text, figures and tables, and the files that are made of them.
 * Rooms beside this one say it of one run ({@code report.run}) and of many ({@code report.scaling}).
 */
package org.aevo.report;
