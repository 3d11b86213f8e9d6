package org.aevo.config;

/** Whether each worker is given a GPU. */
public enum GpuUse {
    /** If the training engine computes on GPUs, or a scheduler granted some to the job. */
    AUTO,
    YES,
    NO
}
