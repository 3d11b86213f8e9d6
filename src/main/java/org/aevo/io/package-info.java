/**
 * What comes from outside and goes there: files that others may have put in place of those expected, and texts that others
 * wrote.
 */
package org.aevo.io;
