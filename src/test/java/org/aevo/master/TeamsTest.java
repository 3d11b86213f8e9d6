package org.aevo.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.aevo.mpi.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TeamsTest {
    private static final double PATIENCE = 60;

    private final List<WorkerSeat> made = new ArrayList<>();
    private double now;

    private WorkerSeat seat(String host) {
        WorkerSeat seat = new WorkerSeat(new SilentLink(), made.size() + 1, 0);
        seat.ready(made.size(), new Message.Ready(host, "cpu", "", 100 + made.size(), 0, Optional.empty()));
        made.add(seat);
        return seat;
    }

    private static List<Integer> ranks(Team team) {
        return team.members().stream().map(WorkerSeat::rank).toList();
    }

    @Test
    void membersOfOneHostAreTogether() {
        Teams teams = new Teams(2, 1, PATIENCE);
        for (String host : List.of("a", "b", "b", "a", "c")) {
            teams.ready(seat(host), now);
        }
        List<Team> formed = teams.form(false, now);
        assertEquals(
                List.of(List.of(1, 4), List.of(2, 3)),
                formed.stream().map(TeamsTest::ranks).toList());
        assertEquals("team 1 (workers 1, 4 on a)", formed.get(0).toString());
        assertEquals(1, teams.standingBy());
        assertEquals(List.of(), teams.form(false, now + 1000), "one alone is no team");
    }

    @Test
    void hostsAreMixedOnlyWhenNothingChangesAnyMore() {
        Teams teams = new Teams(3, 1, PATIENCE);
        for (String host : List.of("a", "b", "a", "c", "b")) {
            teams.ready(seat(host), now);
        }
        assertEquals(List.of(), teams.form(true, 0));
        assertEquals(List.of(), teams.form(false, 4.9));
        assertEquals(List.of(), teams.form(true, 6), "one may be ready soon, on the right host");
        teams.ready(seat("d"), 7);
        assertEquals(List.of(), teams.form(false, 11.9));
        List<Team> mixed = teams.form(false, 12);
        assertEquals(
                List.of(List.of(1, 2, 3), List.of(4, 5, 6)),
                mixed.stream().map(TeamsTest::ranks).toList());
        assertEquals("team 1 (workers 1, 2, 3 on a, b)", mixed.get(0).toString());
    }

    @Test
    void theyAreMixedInTheEndAlsoWhereSomethingChangesAllTheTime() {
        Teams teams = new Teams(2, 1, PATIENCE);
        teams.ready(seat("a"), now);
        teams.ready(seat("b"), now);
        for (now = 0; now < Teams.LONGEST_CALM_SECONDS; now += 3) {
            WorkerSeat fleeting = seat("c");
            teams.ready(fleeting, now);
            assertEquals(List.of(), teams.form(true, now));
            teams.lost(fleeting, now);
        }
        assertEquals(1, teams.form(true, now).size());
    }

    @Test
    void whoEndsATeamAndWhoIsFreeThen() {
        Teams teams = new Teams(2, 5, PATIENCE);
        WorkerSeat one = seat("a");
        WorkerSeat two = seat("a");
        teams.ready(one, now);
        teams.ready(two, now);
        Team team = teams.form(false, now).get(0);
        assertEquals(5, team.number());
        assertEquals(Optional.empty(), teams.of(one), "it has not met");
        assertEquals(Optional.empty(), teams.assembled(two, 5), "not the leader");
        assertEquals(Optional.empty(), teams.assembled(one, 4), "another team");
        assertEquals(Optional.of(team), teams.assembled(one, 5));
        assertEquals(Optional.of(team), teams.of(two));
        assertEquals(Optional.of(team), teams.lost(two, now));
        assertEquals(List.of(one), team.staying());
        assertEquals(Optional.empty(), teams.of(one));
        WorkerSeat three = seat("a");
        teams.ready(three, now);
        assertEquals(List.of(), teams.form(false, now), "the first has not left yet");
        assertEquals(Optional.empty(), teams.disbanded(one, 4, now), "another team");
        assertEquals(Optional.empty(), teams.disbanded(one, 5, now), "it had ended before");
        assertEquals(List.of(1, 3), ranks(teams.form(false, now).get(0)));
    }

    @Test
    void teamsThatDoNotMeetAreTriedAgainWithPausesAndWithOthers() {
        Teams teams = new Teams(2, 1, PATIENCE);
        WorkerSeat bad = seat("a");
        teams.ready(bad, now);
        teams.ready(seat("a"), now);
        teams.ready(seat("a"), now);
        Team first = teams.form(false, now).get(0);
        teams.disbanded(bad, 1, now);
        teams.disbanded(made.get(1), 1, now);
        assertEquals(List.of(), teams.form(false, now + 0.4), "the third is alone meanwhile");
        now += Teams.FIRST_PAUSE_SECONDS;
        assertEquals(List.of(1, 3), ranks(teams.form(false, now).get(0)), "who has failed least comes first");
        assertTrue(first.is(Team.State.ENDED));
        teams.disbanded(bad, 2, now);
        teams.disbanded(made.get(2), 2, now);
        now += Teams.FIRST_PAUSE_SECONDS;
        assertEquals(List.of(2, 3), ranks(teams.form(false, now).get(0)), "the first is out for longer");
    }

    @Test
    void nobodyWaitsForEver() {
        Teams teams = new Teams(2, 1, PATIENCE);
        teams.ready(seat("a"), now);
        teams.ready(seat("a"), now);
        Team team = teams.form(false, now).get(0);
        assertEquals(List.of(), teams.overdue(PATIENCE));
        assertEquals(List.of(team), teams.overdue(PATIENCE + 1));
        assertEquals(List.of(), teams.overdue(PATIENCE + 2), "it has ended");
        assertEquals(List.of(), teams.stuck(2 * PATIENCE));
        teams.disbanded(made.get(0), 1, 2 * PATIENCE);
        assertEquals(List.of(made.get(1)), teams.stuck(2 * PATIENCE + 2));
    }

    /** What the workers of a random world are at, who only hear what the master tells them. */
    private final class World {
        final Random random;
        final int size;
        final int hosts;
        final Teams teams;
        /** Those that live. */
        final List<WorkerSeat> alive = new ArrayList<>();
        /** The team that each of them was asked to be of and has not left. */
        final Map<WorkerSeat, Team> in = new HashMap<>();
        /** Those that were told to leave it. */
        final Set<WorkerSeat> told = new HashSet<>();

        final Set<Long> met = new HashSet<>();
        final Set<Long> ended = new HashSet<>();
        long last;

        World(long seed, int size, int hosts) {
            this.random = new Random(seed);
            this.size = size;
            this.hosts = hosts;
            this.teams = new Teams(size, 1, PATIENCE);
        }

        void step() {
            now += random.nextDouble();
            switch (random.nextInt(7)) {
                case 0 -> {
                    if (alive.size() < 12) {
                        join();
                    }
                }
                case 1 -> {
                    if (random.nextBoolean()) {
                        any().ifPresent(this::die);
                    }
                }
                case 2, 3 -> any().ifPresent(this::answer);
                case 4 -> any().filter(in::containsKey).ifPresent(seat -> leave(seat)); // its own mishap
                case 5 -> form(random.nextBoolean());
                default -> teams.overdue(now).forEach(this::end);
            }
            check();
        }

        Optional<WorkerSeat> any() {
            return alive.isEmpty() ? Optional.empty() : Optional.of(alive.get(random.nextInt(alive.size())));
        }

        void join() {
            WorkerSeat seat = seat("host" + random.nextInt(hosts));
            alive.add(seat);
            teams.ready(seat, now);
        }

        void die(WorkerSeat seat) {
            alive.remove(seat);
            in.remove(seat);
            told.remove(seat);
            teams.lost(seat, now).ifPresent(this::end);
        }

        /** Does what it was asked to do. */
        void answer(WorkerSeat seat) {
            Team team = in.get(seat);
            if (told.contains(seat)) {
                leave(seat);
            } else if (team != null && team.leader() == seat && !met.contains(team.number())) {
                assertEquals(Optional.of(team), teams.assembled(seat, team.number()));
                met.add(team.number());
            }
        }

        void leave(WorkerSeat seat) {
            Team team = in.remove(seat);
            told.remove(seat);
            teams.disbanded(seat, team.number(), now).ifPresent(this::end);
        }

        void end(Team team) {
            assertTrue(ended.add(team.number()), () -> team + " ends twice");
            team.staying().forEach(seat -> {
                assertEquals(team, in.get(seat));
                told.add(seat);
            });
        }

        void form(boolean moreToCome) {
            for (Team team : teams.form(moreToCome, now)) {
                assertTrue(team.number() > last, "numbers grow");
                last = team.number();
                assertEquals(size, new HashSet<>(team.members()).size());
                for (WorkerSeat member : team.members()) {
                    assertTrue(alive.contains(member), () -> team + " has a dead member");
                    assertEquals(null, in.put(member, team), () -> team + " has a member of another");
                }
            }
        }

        void check() {
            Set<WorkerSeat> busy = new HashSet<>();
            for (Team team : teams.ready()) {
                assertTrue(met.contains(team.number()) && !ended.contains(team.number()));
                for (WorkerSeat member : team.members()) {
                    assertTrue(alive.contains(member), () -> team + " goes on without a member");
                    assertTrue(busy.add(member), () -> member.rank() + " is in two teams");
                    assertEquals(Optional.of(team), teams.of(member));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "2, 3", "3, 1", "3, 2", "4, 5"})
    void whateverHappensAllThatCanWorkDoInTheEnd(int size, int hosts) {
        for (long seed = 0; seed < 200; seed++) {
            made.clear();
            now = 0;
            World world = new World(seed, size, hosts);
            for (int n = 0; n < 300; n++) {
                world.step();
            }
            // now nothing happens any more, and all answer
            double end = now + Teams.LONGEST_PAUSE_SECONDS + Teams.CALM_SECONDS + 5;
            for (; now < end; now += 0.5) {
                world.form(false);
                List.copyOf(world.alive).forEach(world::answer);
                world.check();
            }
            assertEquals(world.alive.size() / size, world.teams.ready().size(), "seed " + seed);
            assertEquals(world.alive.size() % size, world.teams.standingBy(), "seed " + seed);
            assertEquals(List.of(), world.teams.stuck(now + 2 * PATIENCE), "seed " + seed);
        }
    }
}
