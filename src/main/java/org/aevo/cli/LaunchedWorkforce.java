package org.aevo.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.aevo.master.WorkerRecords;
import org.aevo.mpi.MasterOptions;
import org.aevo.mpi.Placement;
import org.aevo.mpi.RunSecret;

/** The other ranks of a launcher's step: they find this one through a {@link MeetingPoint}. */
final class LaunchedWorkforce implements Workforce {
    private final Placement placement;

    LaunchedWorkforce(Placement placement) {
        this.placement = placement;
    }

    @Override
    public MasterOptions listening() {
        return MasterOptions.allInterfaces();
    }

    @Override
    public Engagement engage(
            InetSocketAddress address,
            RunSecret secret,
            WorkerRecords records,
            Consumer<String> log,
            Consumer<String> hopeless)
            throws IOException {
        List<String> hosts = hosts();
        MeetingPoint meeting = MeetingPoint.open(
                MeetingPoint.file(placement), new MeetingPoint.Place(address.getPort(), secret, hosts));
        log.accept("rank 0 of " + placement.size() + " listens on port " + address.getPort() + " of "
                + String.join(", ", hosts));
        return meeting::close;
    }

    /** The name by which the launcher knows this host, its own name, its addresses. */
    private static List<String> hosts() throws IOException {
        Set<String> hosts = new LinkedHashSet<>();
        Optional.ofNullable(System.getenv("SLURMD_NODENAME")).ifPresent(hosts::add);
        hosts.add(InetAddress.getLocalHost().getHostName());
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(a -> !a.isLoopbackAddress() && !a.isLinkLocalAddress())
                .sorted(Comparator.comparingInt(a -> a.getAddress().length)) // IPv4 first
                .map(a -> a.getHostAddress().replaceFirst("%.*", ""))
                .forEach(hosts::add);
        return List.copyOf(hosts);
    }
}
