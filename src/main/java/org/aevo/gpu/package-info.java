/**
 * The NVIDIA GPUs of this host, as their driver tells of them, and what each engine's GPU build needs to compute on
 * one. Nothing here loads CUDA: it is asked before that, and where that fails.
 */
package org.aevo.gpu;
