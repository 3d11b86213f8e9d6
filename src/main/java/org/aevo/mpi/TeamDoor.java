package org.aevo.mpi;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.aevo.host.HostAddresses;
import org.aevo.mpi.mpj.WorldFactory;
import org.aevo.team.Collective;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a worker's team mates find it, in one team after the other. Who connects waits in a {@link Lobby} until it has
 * proved that it knows the run's secret; from then on it has a thread of its own, for a bounded time.
 *
 * <p>Of two members the one of the higher rank comes to the other one's door, and makes two connections, one for each
 * direction ({@link TeamClaim}). Once a member has those with all others, they become an MPJ Express world.
 */
public final class TeamDoor implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    /** For a team mate that has come before this member was told of the team. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Between two looks whether it is still there. */
    private static final long LOOK_MILLIS = 1000;
    /** Who has proved the secret and is in no team yet; a team mate that calls again may leave some behind. */
    private static final int MAX_WAITING = 256;
    /** Teams whose late comers are known as such. */
    private static final int MAX_PAST = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(TeamDoor.class);

    private final RunSecret secret;
    private final Message.Door door;
    private final Lobby lobby;
    private final WorldFactory worlds = new WorldFactory();
    /** By the name of their session. */
    private final Map<String, Joining> joining = new HashMap<>();

    private final Map<Long, TeamAssembly> assemblies = new HashMap<>();
    private final Set<Long> past = new LinkedHashSet<>();
    private int came;
    private boolean closed;

    private TeamDoor(RunSecret secret, ServerSocketChannel port, List<String> hosts) throws IOException {
        this.secret = secret;
        this.door = new Message.Door(hosts, ((InetSocketAddress) port.getLocalAddress()).getPort());
        TurnedAway turnedAway = new TurnedAway(LOG::debug);
        this.lobby = new Lobby(port, Meeting.TEAM, secret, PATIENCE, turnedAway, new Lobby.Host() {
            @Override
            public void worker(Visitor.Worker mate, SocketChannel channel, String name) throws IOException {
                admit(mate, channel, name);
            }

            @Override
            public void line(Visitor.Line line, SocketChannel channel) throws IOException {
                connect(line, channel);
            }
        });
    }

    /**
     * Opens a door on all interfaces.
     *
     * @throws IOException if no port can be had
     */
    public static TeamDoor open(RunSecret secret) throws IOException {
        return open(secret, new InetSocketAddress(0).getAddress());
    }

    /** The same on one interface: that of the loopback if all workers of the run are on this host. */
    public static TeamDoor open(RunSecret secret, InetAddress bind) throws IOException {
        List<String> hosts = new ArrayList<>();
        if (bind.isAnyLocalAddress()) {
            hosts.addAll(HostAddresses.ofInterfaces());
            hosts.add(LOOPBACK); // last: it leads somewhere on every host
        } else {
            hosts.add(bind.getHostAddress());
        }
        return open(secret, bind, 0, hosts);
    }

    /**
     * Opens a door.
     *
     * @param port 0 for any
     * @param hosts what leads to this host
     */
    static TeamDoor open(RunSecret secret, InetAddress bind, int port, List<String> hosts) throws IOException {
        TeamDoor door = new TeamDoor(secret, ListeningPort.bind(bind, port), hosts);
        door.lobby.start();
        return door;
    }

    /** Where team mates find this one: addresses of this host, and the port. */
    public Message.Door door() {
        return door;
    }

    /**
     * Becomes a member of a team. All its members do so; whoever returns knows that all have come.
     *
     * @param team a number that is given once
     * @param rank of this member, from 0
     * @param doors of all, by their ranks
     * @throws IOException if the team is not complete in time; the message names who is missing
     * @throws InterruptedException if the calling thread was interrupted; there is no team then
     * @throws IllegalArgumentException if there is no such rank, or the team is smaller than two
     */
    public Collective assemble(long team, int rank, List<Message.Door> doors, Duration timeout)
            throws IOException, InterruptedException {
        Deadline deadline = Deadline.in(timeout);
        TeamAssembly assembly = new TeamAssembly(team, rank, doors);
        begin(assembly);
        try {
            TeamCall call = new TeamCall(secret, assembly, deadline);
            for (int member = 0; member < rank; member++) {
                assembly.arrived(member, call.connect(member));
            }
            assembly.await(deadline);
            return TeamWorld.make(
                    team, rank, assembly.handOver(), worlds.createGroup(), new TeamSeals(secret, team), deadline);
        } finally {
            end(assembly);
        }
    }

    private synchronized void begin(TeamAssembly assembly) throws IOException {
        if (closed) {
            throw new IOException("the door is closed");
        }
        if (assemblies.putIfAbsent(assembly.team(), assembly) != null) {
            throw new IllegalStateException("team " + assembly.team() + " is being assembled here already");
        }
        past.remove(assembly.team());
        notifyAll();
    }

    private synchronized void end(TeamAssembly assembly) throws IOException {
        assembly.close();
        assemblies.remove(assembly.team());
        past.add(assembly.team());
        if (past.size() > MAX_PAST) {
            past.remove(past.iterator().next());
        }
        notifyAll();
    }

    /** Of a team mate that has proved the secret: the rest of its coming. */
    private void admit(Visitor.Worker mate, SocketChannel channel, String peer) throws IOException {
        Joining join = new Joining(channel, peer, mate.keys());
        Thread thread = new Thread(() -> receive(join, mate.answer()), "mpi-team-" + register(join));
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError e) { // no further thread can be had
            forget(join);
            throw new IOException(e.getMessage(), e);
        }
    }

    private synchronized int register(Joining join) throws IOException {
        if (closed || joining.size() >= MAX_WAITING) {
            throw new IOException(closed ? "closed" : "too many wait for their teams");
        }
        joining.put(join.keys().name(), join);
        return ++came;
    }

    private synchronized void forget(Joining join) {
        joining.remove(join.keys().name());
    }

    /** A further connection of a team mate. */
    private void connect(Visitor.Line line, SocketChannel channel) throws IOException {
        Optional<Joining> join = find(line.session());
        if (join.isEmpty()) {
            throw new IOException("it belongs to no team mate that has come");
        }
        join.get().take(line.direction(), line.token(), channel);
    }

    private synchronized Optional<Joining> find(String session) {
        return Optional.ofNullable(joining.get(session));
    }

    private void receive(Joining join, byte[] answer) {
        try (join) {
            SessionKeys keys = join.keys();
            JoinConnection mate = new JoinConnection(join.first().socket(), Deadline.in(PATIENCE));
            mate.write(answer);
            TeamClaim claim = TeamClaim.read(mate);
            mate.expect(claim.token(keys, door), "word of whom it looks for");
            TeamAssembly assembly = await(claim, mate);
            mate.write(keys.token(TeamClaim.COME));
            mate.expect(keys.token(Lines.MADE), "word of its connections");
            join.await(mate.deadline());
            mate.write(keys.token(Lines.TAKEN));
            assembly.arrived(
                    claim.from(),
                    new TeamLines(join.handOver(Direction.FROM_MASTER), join.handOver(Direction.FROM_WORKER)));
        } catch (IOException | RuntimeException e) {
            LOG.debug("no team with {}: {}", join.peer(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            forget(join);
        }
    }

    /** Waits until this member is told of a team, or the guest waits no longer. */
    private TeamAssembly await(TeamClaim claim, JoinConnection guest) throws IOException, InterruptedException {
        Optional<TeamAssembly> assembly = find(claim, guest.deadline());
        while (assembly.isEmpty()) {
            guest.expectNothing();
            assembly = find(claim, guest.deadline());
        }
        assembly.get().check(claim);
        return assembly.get();
    }

    /** The assembly of a team, if there is one soon. */
    private synchronized Optional<TeamAssembly> find(TeamClaim claim, Deadline deadline)
            throws IOException, InterruptedException {
        if (!assemblies.containsKey(claim.team())) {
            if (closed || past.contains(claim.team())) {
                throw new IOException("team " + claim.team() + " is no more");
            }
            wait(Math.min(LOOK_MILLIS, deadline.milliseconds("word of team " + claim.team())));
        }
        return Optional.ofNullable(assemblies.get(claim.team()));
    }

    /** Closes the door, and ends what is being assembled. Teams that stand are their members' affair. */
    @Override
    public void close() {
        lobby.close();
        synchronized (this) {
            closed = true;
            joining.values().forEach(TeamDoor::close);
            assemblies.values().forEach(TeamDoor::close);
            notifyAll();
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.debug("while closing: {}", e.toString());
        }
    }
}
