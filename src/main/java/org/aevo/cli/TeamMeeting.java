package org.aevo.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.aevo.launch.MeetingPoint;
import org.aevo.mpi.Message;
import org.aevo.mpi.TeamDoor;
import org.aevo.team.Collective;
import org.aevo.worker.Rendezvous;

/** The door at which this process meets its team mates: only on the loopback interface if the master is there, and so are they. */
final class TeamMeeting implements Rendezvous {
    private final TeamDoor door;

    private TeamMeeting(TeamDoor door) {
        this.door = door;
    }

    /** @throws IOException if no port can be had */
    static TeamMeeting open(MeetingPoint.Place master) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        boolean here = master.hosts().equals(List.of(loopback.getHostAddress()));
        return new TeamMeeting(here ? TeamDoor.open(master.secret(), loopback) : TeamDoor.open(master.secret()));
    }

    @Override
    public Message.Door door() {
        return door.door();
    }

    @Override
    public Collective assemble(long team, int rank, List<Message.Door> doors, Duration timeout)
            throws IOException, InterruptedException {
        return door.assemble(team, rank, doors, timeout);
    }

    @Override
    public void close() {
        door.close();
    }
}
