/** The host under a process, as the kernel tells of it: what it has, what of that the process may use, what it used. */
package org.aevo.host;
