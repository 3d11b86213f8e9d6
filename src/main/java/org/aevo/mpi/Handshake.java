package org.aevo.mpi;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.aevo.codec.MalformedDataException;

/**
 * Mutual proof of the run's secret over the first connection of a join: each side chooses 32 random bytes, and shows the
 * HMAC of its role and both sides' bytes. Nothing that was overheard serves a second time, and no side's proof serves
 * as the other's. The worker proves first.
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

    static byte[] proofOfWorker(RunSecret secret, byte[] master, byte[] worker) {
        return secret.proof("worker", master, worker);
    }

    static byte[] proofOfMaster(RunSecret secret, byte[] master, byte[] worker) {
        return secret.proof("master", master, worker);
    }

    /**
     * The worker's side of the proofs.
     *
     * @throws WrongSecretException if the master does not know the secret, or says so of this side
     * @throws MalformedDataException if the other side is no master of this version
     */
    static SessionKeys asWorker(JoinConnection master, RunSecret secret) throws IOException {
        byte[] ours = random();
        master.write(Greeting.of(Greeting.JOIN, ours));
        Greeting.check(master.read(Greeting.HEADER_BYTES, "greeting"), "master", master.peer());
        if (master.read(1, "greeting").get() != Greeting.JOIN) {
            throw new MalformedDataException("what speaks at " + master.peer() + " is no aevo master");
        }
        byte[] theirs = master.read(RANDOM_BYTES, "random bytes").array();
        master.write(proofOfWorker(secret, theirs, ours));
        boolean accepted = master.read(1, "verdict").get() == 1;
        if (!accepted || !same(master.read(PROOF_BYTES, "proof").array(), proofOfMaster(secret, theirs, ours))) {
            throw new WrongSecretException("the master at " + master.peer() + " does not know this run's secret");
        }
        return SessionKeys.of(secret, theirs, ours);
    }

    /** In a time that does not depend on where they differ. */
    static boolean same(byte[] shown, byte[] expected) {
        return MessageDigest.isEqual(shown, expected);
    }
}
