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
    private static volatile MpjWorldDevice device;

    private final byte[] answer;

    /** Called by MPJ, once it has opened its doors and before it looks at what is connected. */
    public MpjWorldRendezvous(String host, int port) throws IOException {
        device.connect();
        StringBuilder peers = new StringBuilder("#Peer Information");
        for (int i = 0; i < device.size(); i++) {
            peers.append(';').append(entry(host, port, device.rank() + i));
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        new DataOutputStream(text).writeUTF(peers.toString());
        answer = text.toByteArray();
    }

    private static String entry(String host, int port, int rank) {
        return host + "@" + port + "@" + port + "@" + rank + "@0";
    }

    static void serve(MpjWorldDevice of) {
        device = of;
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
