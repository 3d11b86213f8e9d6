package org.aevo.mpi;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.aevo.codec.MalformedDataException;

/** Who has connected to a port of ours and has proved nothing yet. Reads what is there and waits for nothing. */
final class Visitor {
    private final SocketChannel channel;
    private final Meeting meeting;
    private final RunSecret secret;
    private final String name;
    private final Deadline deadline;

    /** What is read next. */
    private enum Part {
        HEADER,
        REST,
        PROOF
    }

    private Part part = Part.HEADER;
    private ByteBuffer in = ByteBuffer.allocate(Greeting.HEADER_BYTES);
    private byte[] theirs = {};
    private byte[] ours = {};

    /** What a connection has turned out to be. */
    sealed interface Kind {}

    /**
     * A worker, or a team mate, that knows the secret.
     *
     * @param answer for it to read
     */
    record Worker(SessionKeys keys, byte[] answer) implements Kind {}

    /**
     * A further connection of a worker, if the token is right.
     *
     * @param session its name
     */
    record Line(String session, Direction direction, byte[] token) implements Kind {}

    /**
     * @param channel not blocking
     * @param meeting that the port is for
     * @param deadline for it to show what it is
     */
    Visitor(SocketChannel channel, Meeting meeting, RunSecret secret, Deadline deadline) throws IOException {
        this.channel = channel;
        this.meeting = meeting;
        this.secret = secret;
        this.deadline = deadline;
        this.name = String.valueOf(channel.getRemoteAddress()).replaceFirst("^/", "");
    }

    SocketChannel channel() {
        return channel;
    }

    /** Its address and port. */
    String name() {
        return name;
    }

    boolean isLate() {
        return deadline.isOver();
    }

    /** Whether it has said what a worker says first. */
    boolean hasGreeted() {
        return part == Part.PROOF;
    }

    /** What it has not said yet. */
    String due() {
        return part == Part.PROOF ? "proof" : "greeting";
    }

    /**
     * Takes what has arrived, and answers it.
     *
     * @return what it is, once that is shown
     * @throws WrongSecretException if it does not know the secret
     * @throws OtherVersionException if it is of another version
     * @throws IOException if it is nothing of ours, or has closed the connection
     */
    Optional<Kind> read() throws IOException {
        while (true) {
            if (channel.read(in) < 0) {
                throw new EOFException("the connection ended before the " + due());
            }
            if (in.hasRemaining()) {
                return Optional.empty();
            }
            Optional<Kind> kind = take(in.flip());
            if (kind.isPresent()) {
                return kind;
            }
        }
    }

    private Optional<Kind> take(ByteBuffer said) throws IOException {
        switch (part) {
            case HEADER -> {
                header(said);
                expect(Part.REST, 1 + Greeting.REST_BYTES);
            }
            case REST -> {
                byte purpose = said.get();
                for (Direction direction : Direction.values()) {
                    if (direction.purpose() == purpose) {
                        return Optional.of(line(direction, said));
                    }
                }
                if (purpose != meeting.purpose()) {
                    throw new MalformedDataException("a connection for purpose " + purpose);
                }
                theirs = rest(said, Handshake.RANDOM_BYTES);
                ours = Handshake.random();
                answer(Greeting.of(meeting.purpose(), ours));
                expect(Part.PROOF, Handshake.PROOF_BYTES);
            }
            default -> {
                return Optional.of(worker(rest(said, Handshake.PROOF_BYTES)));
            }
        }
        return Optional.empty();
    }

    private void header(ByteBuffer said) throws IOException {
        try {
            Greeting.check(said, meeting.guest(), name);
        } catch (OtherVersionException e) {
            answer(Greeting.header()); // for it to say the same to its user
            throw e;
        }
    }

    private void expect(Part next, int bytes) {
        part = next;
        in = ByteBuffer.allocate(bytes);
    }

    private static byte[] rest(ByteBuffer said, int length) {
        byte[] bytes = new byte[length];
        said.get(bytes);
        return bytes;
    }

    private static Line line(Direction direction, ByteBuffer said) {
        String session = SessionKeys.name(rest(said, SessionKeys.TOKEN_BYTES));
        return new Line(session, direction, rest(said, SessionKeys.TOKEN_BYTES));
    }

    private Worker worker(byte[] proof) throws IOException {
        if (!Handshake.same(proof, meeting.proofOfGuest(secret, ours, theirs))) {
            answer(ByteBuffer.allocate(1).put((byte) 0));
            throw new WrongSecretException(
                    "the " + meeting.guest() + " at " + name + " does not know this run's secret");
        }
        byte[] answer = ByteBuffer.allocate(1 + Handshake.PROOF_BYTES)
                .put((byte) 1)
                .put(meeting.proofOfHost(secret, ours, theirs))
                .array();
        return new Worker(meeting.keys(secret, ours, theirs), answer);
    }

    /** So little fits the socket's buffer; who does not read it gets no more. */
    private void answer(ByteBuffer bytes) throws IOException {
        channel.write(bytes.flip());
        if (bytes.hasRemaining()) {
            throw new IOException("it takes no answer");
        }
    }
}
