package org.aevo.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
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
            InetSocketAddress address, RunSecret secret, Consumer<String> log, Consumer<String> hopeless)
            throws IOException {
        String host = Optional.ofNullable(System.getenv("SLURMD_NODENAME"))
                .orElse(InetAddress.getLocalHost().getHostName());
        MeetingPoint meeting = MeetingPoint.open(
                MeetingPoint.file(placement), new MeetingPoint.Place(host, address.getPort(), secret));
        log.accept("rank 0 of " + placement.size() + " listens on " + host + ":" + address.getPort());
        return meeting::close;
    }
}
