package org.aevo.host;

import java.io.IOException;
import java.net.NetworkInterface;
import java.util.Comparator;
import java.util.List;

/** Where other hosts may reach this one. */
public final class HostAddresses {
    private HostAddresses() {}

    /** The addresses of its interfaces as text, IPv4 first, without those that only mean something on this host or link. */
    public static List<String> ofInterfaces() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(a -> !a.isLoopbackAddress() && !a.isLinkLocalAddress())
                .sorted(Comparator.comparingInt(a -> a.getAddress().length)) // IPv4 first
                .map(a -> a.getHostAddress().replaceFirst("%.*", ""))
                .toList();
    }
}
