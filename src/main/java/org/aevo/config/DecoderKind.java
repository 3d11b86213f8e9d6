package org.aevo.config;

/** Where the decoders of a search come from. */
enum DecoderKind {
    /** Each is the mirror image of its encoder. */
    MIRRORED,
    /** Each has genes of its own. */
    FREE
}
