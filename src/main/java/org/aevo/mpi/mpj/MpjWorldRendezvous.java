package org.aevo.mpi.mpj;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;

/**
 * What MPJ's device takes for its connection to the rendezvous server ({@code java.net.Socket}; {@link WorldClassLoader}
 * puts the one name in the place of the other). There is no such server and no socket: whoever listens for this process's
 * own MPJ must tell it from everybody else of this host, and there is nothing that MPJ would have to be told. It is
 * answered that no rank is below its own, so that it connects to nobody; by then its world has given it its connections.
 */
public final class MpjWorldRendezvous {
    /** The one of these classes, which are loaded for each world. */
    private static volatile MpjWorld world;

    private final byte[] answer;

    /** Called by MPJ, once it has opened its doors and before it looks at what is connected. */
    public MpjWorldRendezvous(String host, int port) throws IOException {
        int rank = world.connect();
        String peers = "#Peer Information;" + entry(host, port, rank) + ";" + entry(host, port, 1 - rank);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        new DataOutputStream(text).writeUTF(peers);
        answer = text.toByteArray();
    }

    /** Its own comes first, and MPJ reads no further. */
    private static String entry(String host, int port, int rank) {
        return host + "@" + port + "@" + port + "@" + rank + "@0";
    }

    static void serve(MpjWorld of) {
        world = of;
    }

    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    public InputStream getInputStream() {
        return new ByteArrayInputStream(answer);
    }

    /** MPJ says its ports; nobody needs them. */
    public OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
    }

    public void close() {}
}
