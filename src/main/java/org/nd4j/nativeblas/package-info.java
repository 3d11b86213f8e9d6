/** One class that Deeplearning4j looks up by a name which it no longer has; see {@link org.nd4j.nativeblas.Nd4jCpu}. */
package org.nd4j.nativeblas;
