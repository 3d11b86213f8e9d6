package org.aevo.train;

/** The engines there are, as the input file names them; see {@link Engine}. */
public enum EngineKind {
    /** Deeplearning4j. */
    DL4J,
    /** libtorch, the C++ library of PyTorch. */
    TORCH
}
