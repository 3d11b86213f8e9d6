package org.aevo.cli;

import org.aevo.design.HandmadeNetwork;
import org.aevo.network.Design;

/** How lines for people call a design. */
final class DesignName {
    private DesignName() {}

    /** A genome's text; of a network that was written by hand, whose text is long, the name that its writer gave it. */
    static String of(Design design) {
        return design instanceof HandmadeNetwork network ? "network " + network.name() : design.toString();
    }
}
