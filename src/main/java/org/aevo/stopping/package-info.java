/** Which evaluations are not worth going on with, by what their first epochs were like beside those of others. */
package org.aevo.stopping;
