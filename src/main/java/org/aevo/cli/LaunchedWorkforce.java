package org.aevo.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.aevo.host.HostAddresses;
import org.aevo.launch.MeetingPoint;
import org.aevo.launch.OpenMpi;
import org.aevo.launch.Placement;
import org.aevo.launch.WorkerRecords;
import org.aevo.mpi.MasterOptions;
import org.aevo.mpi.RunSecret;

/** The other ranks of a launcher's step, which come by themselves to where they meet. */
final class LaunchedWorkforce implements Workforce {
    /** For all that comes after the last evaluation: the journal's end, run.h5. */
    private static final double SECONDS_TO_END = 3;

    private final Placement placement;
    private final Optional<MeetingPoint.Place> agreed;
    private final RunSecret secret;
    private final Map<String, String> environment;
    private Optional<MeetingPoint> meeting = Optional.empty();

    /**
     * @param agreed where to listen; empty to choose, and to say it in a {@link MeetingPoint}
     */
    LaunchedWorkforce(Placement placement, Map<String, String> environment, Optional<MeetingPoint.Place> agreed) {
        this.environment = environment;
        this.placement = placement;
        this.agreed = agreed;
        this.secret = agreed.map(MeetingPoint.Place::secret).orElseGet(RunSecret::random);
    }

    @Override
    public MasterOptions listening() {
        MasterOptions all = MasterOptions.allInterfaces();
        return agreed.map(place -> all.withPort(place.port())).orElse(all);
    }

    @Override
    public RunSecret secret() {
        return secret;
    }

    @Override
    public Optional<Path> lookout() {
        return agreed.isPresent() ? Optional.empty() : Optional.of(MeetingPoint.file(placement));
    }

    @Override
    public Engagement engage(
            InetSocketAddress address, WorkerRecords records, Consumer<String> log, Consumer<String> hopeless)
            throws IOException {
        List<String> hosts = hosts();
        log.accept("rank 0 of " + placement.size() + " (" + placement.launcher() + ") listens on port "
                + address.getPort() + " of " + String.join(", ", hosts));
        if (agreed.isPresent()) {
            return () -> {};
        }
        synchronized (this) {
            meeting = Optional.of(MeetingPoint.open(
                    MeetingPoint.file(placement), new MeetingPoint.Place(address.getPort(), secret, hosts)));
        }
        return this::leave;
    }

    @Override
    public Optional<String> awaited() {
        int last = placement.size() - 1;
        return Optional.of((last == 1 ? "rank 1" : "ranks 1 to " + last) + " of " + placement.launcher());
    }

    @Override
    public double patience(String signal) {
        return placement.launcher() == Placement.Launcher.OPEN_MPI && signal.equals("SIGTERM")
                ? Math.max(0, OpenMpi.secondsToKill(environment) - SECONDS_TO_END)
                : Double.POSITIVE_INFINITY;
    }

    /** The secret goes first: there may be no time for it later. */
    @Override
    public void dissuade() {
        try {
            leave();
        } catch (IOException e) {
            // it is tried again when the run has ended, which then says why it cannot be
        }
    }

    private synchronized void leave() throws IOException {
        if (meeting.isPresent()) {
            meeting.get().close();
        }
    }

    /** The file holds the run's secret. */
    @Override
    public void forsake() {
        if (agreed.isEmpty()) {
            MeetingPoint.forget(MeetingPoint.file(placement));
        }
    }

    /** The launcher's name for this host, then its addresses: a name may resolve to loopback, or on other hosts not at all. */
    private List<String> hosts() throws IOException {
        Set<String> hosts = new LinkedHashSet<>();
        hosts.add(placement.host());
        hosts.addAll(HostAddresses.ofInterfaces());
        return List.copyOf(hosts);
    }
}
