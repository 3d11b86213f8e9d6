package org.aevo.codec;

import org.aevo.host.Machine;

/** Hosts to bytes and back. */
public final class MachineCodec {
    private MachineCodec() {}

    public static void write(Encoder out, Machine m) {
        out.text(m.cpu())
                .i32(m.cores())
                .f64(m.allowedCores())
                .text(m.affinity())
                .i64(m.memoryBytes())
                .i64(m.allowedMemoryBytes())
                .text(m.kernel())
                .f64(m.load());
    }

    public static Machine read(Decoder in) throws MalformedDataException {
        return new Machine(in.text(), in.i32(), in.f64(), in.text(), in.i64(), in.i64(), in.text(), in.f64());
    }
}
