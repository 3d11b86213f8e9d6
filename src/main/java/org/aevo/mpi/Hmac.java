package org.aevo.mpi;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 (RFC 2104). */
final class Hmac {
    /** Of a key, and of what comes out. */
    static final int BYTES = 32;

    private static final String NAME = "HmacSHA256";

    private Hmac() {}

    /** To be used again and again, by one thread at a time. */
    static Mac with(byte[] key) {
        try {
            Mac mac = Mac.getInstance(NAME);
            mac.init(new SecretKeySpec(key, NAME));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + NAME, e);
        }
    }

    /** Over a label and what follows it, whose lengths the label fixes. */
    static byte[] of(byte[] key, String label, byte[]... parts) {
        Mac mac = with(key);
        mac.update(label.getBytes(StandardCharsets.US_ASCII));
        mac.update((byte) 0);
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }
}
