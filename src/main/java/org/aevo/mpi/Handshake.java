package org.aevo.mpi;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.aevo.codec.MalformedDataException;

/**
 * Mutual proof of the run's secret over the first connection of a join: each side chooses 32 random bytes, and shows the
 * HMAC of its role and both sides' bytes. Nothing that was overheard serves a second time, and no side's proof serves
 * as the other's. The worker proves first; among team mates ({@link Meeting#TEAM}) the one who comes does.
 *
 * <pre>
 * worker  {@code AEVO} version(16) 1 random(32)
 * master  {@code AEVO} version(16) 1 random(32)
 * worker  proof(32)
 * master  1 proof(32), or 0
 * </pre>
 *
 * <p>From the secret and both sides' bytes come {@link SessionKeys}. The worker then makes two more connections to the
 * same port, one for each direction of the link, and names the session there. It says so over the first connection, and
 * is told when they are in:
 *
 * <pre>
 * worker, on each   {@code AEVO} version(16) 2 or 3, session(16) token(16)
 * worker, on the first   token(16)
 * master, on the first   token(16)
 * </pre>
 *
 * <p>Everything else goes over those two, by way of MPJ, in frames that carry a {@link FrameMac}.
 */
final class Handshake {
    static final int PROOF_BYTES = Hmac.BYTES;
    static final int RANDOM_BYTES = Greeting.REST_BYTES;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Handshake() {}

    static byte[] random() {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        return random;
    }

    /**
     * The side of the one who comes.
     *
     * @throws WrongSecretException if the other side does not know the secret, or says so of this side
     * @throws MalformedDataException if the other side is none of this meeting, or of another version
     */
    static SessionKeys asGuest(Meeting meeting, JoinConnection host, RunSecret secret) throws IOException {
        byte[] ours = random();
        host.write(Greeting.of(meeting.purpose(), ours));
        Greeting.check(host.read(Greeting.HEADER_BYTES, "greeting"), meeting.host(), host.peer());
        if (host.read(1, "greeting").get() != meeting.purpose()) {
            throw new MalformedDataException("what speaks at " + host.peer() + " is no aevo " + meeting.host());
        }
        byte[] theirs = host.read(RANDOM_BYTES, "random bytes").array();
        host.write(meeting.proofOfGuest(secret, theirs, ours));
        boolean accepted = host.read(1, "verdict").get() == 1;
        if (!accepted || !same(host.read(PROOF_BYTES, "proof").array(), meeting.proofOfHost(secret, theirs, ours))) {
            throw new WrongSecretException(
                    "the " + meeting.host() + " at " + host.peer() + " does not know this run's secret");
        }
        return meeting.keys(secret, theirs, ours);
    }

    /** In a time that does not depend on where they differ. */
    static boolean same(byte[] shown, byte[] expected) {
        return MessageDigest.isEqual(shown, expected);
    }
}
