/**
 * Who gets which candidate, and when a run ends: the decisions of a master without its clock, threads, links and files. The
 * real master drives them, and so do predictions, in virtual time.
 */
package org.aevo.dispatch;
