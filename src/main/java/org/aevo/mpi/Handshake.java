package org.aevo.mpi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.aevo.codec.MalformedDataException;

/**
 * Mutual proof of the run's secret over the TCP connection of a join: each side chooses 32 random bytes, and shows the
 * HMAC of its role and both sides' bytes. Nothing that was overheard serves a second time, and no side's proof serves
 * as the other's. The worker proves first.
 *
 * <pre>
 * worker  {@code AEVO} version(16) random(32)
 * master  {@code AEVO} version(16) random(32)
 * worker  proof(32)
 * master  1 proof(32), or 0
 * </pre>
 *
 * <p>The MPJ world that is made next has open ports of its own. What it carries first are proofs again, over the same
 * random bytes and other labels.
 */
final class Handshake {
    static final int PROOF_BYTES = 32;
    private static final int RANDOM_BYTES = 32;
    private static final byte[] MAGIC = "AEVO".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = MAGIC.length + Short.BYTES;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What each side must show at the beginning of the MPJ link. */
    record LinkProofs(byte[] master, byte[] worker) {}

    private Handshake() {}

    /**
     * The master's side.
     *
     * @throws WrongSecretException if the worker does not know the secret
     * @throws MalformedDataException if the other side is no worker of this version
     */
    static LinkProofs asMaster(JoinConnection worker, RunSecret secret) throws IOException {
        readHeader(worker, "worker", true);
        byte[] theirs = worker.read(RANDOM_BYTES, "random bytes").array();
        byte[] ours = sendHello(worker);
        byte[] proof = worker.read(PROOF_BYTES, "proof").array();
        if (!same(proof, secret.proof("worker", ours, theirs))) {
            worker.write(ByteBuffer.allocate(1).put((byte) 0));
            throw new WrongSecretException("the worker at " + worker.peer() + " does not know this run's secret");
        }
        worker.write(ByteBuffer.allocate(1 + PROOF_BYTES).put((byte) 1).put(secret.proof("master", ours, theirs)));
        return linkProofs(secret, ours, theirs);
    }

    /**
     * The worker's side.
     *
     * @throws WrongSecretException if the master does not know the secret, or says so of this side
     * @throws MalformedDataException if the other side is no master of this version
     */
    static LinkProofs asWorker(JoinConnection master, RunSecret secret) throws IOException {
        byte[] ours = sendHello(master);
        readHeader(master, "master", false);
        byte[] theirs = master.read(RANDOM_BYTES, "random bytes").array();
        master.write(ByteBuffer.allocate(PROOF_BYTES).put(secret.proof("worker", theirs, ours)));
        boolean accepted = master.read(1, "verdict").get() == 1;
        if (!accepted || !same(master.read(PROOF_BYTES, "proof").array(), secret.proof("master", theirs, ours))) {
            throw new WrongSecretException("the master at " + master.peer() + " does not know this run's secret");
        }
        return linkProofs(secret, theirs, ours);
    }

    private static LinkProofs linkProofs(RunSecret secret, byte[] master, byte[] worker) {
        return new LinkProofs(secret.proof("master link", master, worker), secret.proof("worker link", master, worker));
    }

    static boolean same(byte[] shown, byte[] expected) {
        return MessageDigest.isEqual(shown, expected);
    }

    private static byte[] sendHello(JoinConnection to) throws IOException {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        to.write(header(HEADER_BYTES + RANDOM_BYTES).put(random));
        return random;
    }

    private static ByteBuffer header(int size) {
        return ByteBuffer.allocate(size).put(MAGIC).putShort((short) WireFormat.VERSION);
    }

    private static void readHeader(JoinConnection from, String role, boolean answer) throws IOException {
        ByteBuffer header = from.read(HEADER_BYTES, "greeting");
        byte[] magic = new byte[MAGIC.length];
        header.get(magic);
        if (!MessageDigest.isEqual(magic, MAGIC)) {
            throw new MalformedDataException("what speaks at " + from.peer() + " is no aevo " + role);
        }
        int version = header.getShort() & 0xFFFF;
        if (version != WireFormat.VERSION) {
            if (answer) {
                from.write(header(HEADER_BYTES));
            }
            throw new OtherVersionException("the " + role + " at " + from.peer() + " speaks version " + version
                    + " of the protocol, this side version " + WireFormat.VERSION);
        }
    }
}
