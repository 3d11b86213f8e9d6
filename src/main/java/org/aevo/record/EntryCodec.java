package org.aevo.record;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.aevo.codec.Decoder;
import org.aevo.codec.Encoder;
import org.aevo.codec.Format;
import org.aevo.codec.FormatRegistry;
import org.aevo.codec.MalformedDataException;

/**
 * Entries to payloads and back. A record's type is the code of the entry's {@link Format}; its payload begins with the
 * version, and older ones are read. The highest bit of that byte is the {@link Seal}'s.
 */
final class EntryCodec {
    /** Of all entries: what is not in one of these lists can be neither written nor read. */
    static final List<Format<? extends Entry>> FORMATS = Stream.of(RunEntryFormats.ALL, WorkEntryFormats.ALL)
            .<Format<? extends Entry>>flatMap(List::stream)
            .toList();

    private static final FormatRegistry<Entry> REGISTRY = new FormatRegistry<>("entry", FORMATS);

    private EntryCodec() {}

    /**
     * @throws IllegalArgumentException if entries of this class have no format
     */
    static int type(Entry entry) {
        return REGISTRY.of(entry).code();
    }

    static byte[] payload(Entry entry) {
        Encoder out = new Encoder();
        write(out, entry);
        return out.toBytes();
    }

    /**
     * @throws IllegalArgumentException if entries of this class have no format; nothing is written then
     */
    static void write(Encoder out, Entry entry) {
        Format<Entry> format = REGISTRY.of(entry);
        out.u8(format.version());
        format.writer().write(out, entry);
    }

    /**
     * @param payload with its {@link Seal}, if it has one
     * @throws MalformedDataException if it is no entry of a type and a version that this program knows
     */
    static Entry entry(int type, byte[] payload) throws MalformedDataException {
        Decoder in = new Decoder(
                Seal.of(payload).isPresent() ? Arrays.copyOf(payload, payload.length - Seal.BYTES) : payload);
        int version = Seal.version(in.u8());
        Format<? extends Entry> format = REGISTRY.ofCode(type);
        if (version < 1 || version > format.version()) {
            throw new MalformedDataException("an entry of type " + type + " has version " + version
                    + ", this program reads " + format.version() + "; use a newer one");
        }
        Entry entry = format.reader().read(in, version);
        in.end();
        return entry;
    }
}
