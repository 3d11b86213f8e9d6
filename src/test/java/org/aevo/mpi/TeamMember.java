package org.aevo.mpi;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.aevo.team.Collective;
import org.aevo.team.TeamLostException;

/**
 * A member of a team in a process of its own. Says the port of its door, reads its rank and the ports of all, and does
 * what it was told: {@code sum} again and again until the team is lost, or {@code hear} one word.
 */
public final class TeamMember {
    private TeamMember() {}

    public static void main(String[] args) throws Exception {
        RunSecret secret = RunSecret.fromEnvironment(System.getenv()).orElseThrow();
        try (TeamDoor door = TeamDoor.open(secret, InetAddress.getLoopbackAddress());
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(door.door().port());
            Collective team = assemble(door, in.readLine());
            System.out.println("in");
            long done = 0;
            try {
                while (args[0].equals("sum")) {
                    team.allreduce(new float[Integer.parseInt(args[1])], Integer.parseInt(args[1]));
                    done++;
                }
                team.broadcast(new byte[0]);
            } catch (TeamLostException e) {
                System.out.println("lost after " + done);
            }
        }
    }

    /** Of the text that {@link #invitation} made. */
    static Collective assemble(TeamDoor door, String invitation) throws Exception {
        String[] words = invitation.split(" ");
        List<Message.Door> doors = new ArrayList<>();
        for (int i = 1; i < words.length; i++) {
            doors.add(new Message.Door(door.door().hosts(), Integer.parseInt(words[i])));
        }
        return door.assemble(1, Integer.parseInt(words[0]), doors, Duration.ofSeconds(30));
    }

    static String invitation(int rank, List<String> ports) {
        return rank + " " + String.join(" ", ports);
    }
}
