package org.aevo.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.aevo.genome.GenomeText;
import org.aevo.record.Entry.Arrived;
import org.aevo.record.Entry.Asked;
import org.aevo.record.Entry.DispatchLost;
import org.aevo.record.Entry.Dispatched;
import org.aevo.record.Entry.RunEnded;
import org.aevo.record.Entry.TeamEnded;
import org.aevo.record.Entry.TeamFormed;
import org.aevo.record.Entry.WorkerJoined;
import org.aevo.record.Entry.WorkerLeft;
import org.aevo.record.Timeline.State;
import org.aevo.search.Candidate;
import org.aevo.search.Durations;
import org.aevo.search.Effort;
import org.aevo.search.Evaluation;
import org.aevo.search.EvaluationStatus;
import org.aevo.search.Score;
import org.aevo.search.Teamwork;

/**
 * The entries of an invented run of teams: late joiners, standbys, deaths, teams that break by themselves; and, added up
 * as it goes, what each place did.
 */
final class TeamRun {
    final List<Entry> entries = new ArrayList<>();
    /** Seconds of all places, by what they did; draining is in waiting. */
    final Map<State, Double> truth = new EnumMap<>(State.class);

    private final Random random;
    private final int size;
    private final double deaths;
    private final Place[] places;
    private final List<Crew> crews = new ArrayList<>();
    private final Deque<Long> again = new ArrayDeque<>();
    private final Map<Long, Integer> attempts = new HashMap<>();
    private double now;
    private long nextWorker;
    private long nextTeam;
    private long nextId;
    private int arrived;

    /** Where a worker is, or was: what it does that works on nothing. */
    private static final class Place {
        long worker = -1;
        State idle = State.STARTING;
        boolean inTeam;
        double deadSince;
    }

    private static final class Crew {
        long team;
        List<Integer> places;
        long candidate = -1;
        double since;
    }

    /**
     * @param places for workers
     * @param size of a team
     * @param deaths share of the dispatches that a death or a broken team ends
     */
    TeamRun(long seed, int evaluations, int places, int size, double deaths) {
        this.random = new Random(seed);
        this.size = size;
        this.deaths = deaths;
        this.places = new Place[places];
        for (int p = 0; p < places; p++) {
            this.places[p] = new Place();
        }
        entries.add(SampleRun.started(places));
        while (arrived < evaluations) {
            step(random.nextDouble() * 0.3);
            List<Runnable> can = possible();
            can.get(random.nextInt(can.size())).run();
        }
        entries.add(new RunEnded(now, true, "budget spent"));
    }

    private List<Runnable> possible() {
        List<Runnable> can = new ArrayList<>();
        for (int p = 0; p < places.length; p++) {
            int place = p;
            if (places[p].worker < 0) {
                can.add(() -> join(place));
            }
        }
        List<Integer> free = new ArrayList<>();
        for (int p = 0; p < places.length; p++) {
            if (places[p].worker >= 0 && !places[p].inTeam) {
                free.add(p);
            }
        }
        if (free.size() >= size) {
            can.add(() -> form(free));
        }
        for (Crew crew : List.copyOf(crews)) {
            can.add(crew.candidate < 0 ? () -> send(crew) : () -> finish(crew));
        }
        return can;
    }

    private void step(double seconds) {
        for (Place place : places) {
            if (!place.inTeam) {
                add(place.idle, seconds);
            }
        }
        for (Crew crew : crews) {
            if (crew.candidate < 0) {
                add(State.WAITING, size * seconds);
            }
        }
        now += seconds;
    }

    private void add(State state, double seconds) {
        truth.merge(state, seconds, Double::sum);
    }

    private void join(int p) {
        double start = random.nextDouble();
        Place place = places[p];
        if (place.idle == State.LOST) {
            double starting = Math.min(start, now - place.deadSince);
            add(State.LOST, -starting);
            add(State.STARTING, starting);
        }
        place.worker = nextWorker++;
        place.idle = State.STARTING;
        entries.add(new WorkerJoined(place.worker, p + 1, "h", "cpu", 100 + p, start, now));
    }

    private void form(List<Integer> free) {
        Collections.shuffle(free, random);
        Crew crew = new Crew();
        crew.team = nextTeam++;
        crew.places = List.copyOf(free.subList(0, size));
        crews.add(crew);
        crew.places.forEach(p -> places[p].inTeam = true);
        entries.add(new TeamFormed(crew.team, workers(crew), now));
    }

    private List<Long> workers(Crew crew) {
        return crew.places.stream().map(p -> places[p].worker).toList();
    }

    private long leader(Crew crew) {
        return places[crew.places.get(0)].worker;
    }

    private void send(Crew crew) {
        crew.candidate = again.isEmpty() ? ask() : again.pop();
        crew.since = now;
        entries.add(new Dispatched(crew.candidate, attempts.merge(crew.candidate, 1, Integer::sum), leader(crew), now));
    }

    private long ask() {
        long id = nextId++;
        entries.add(new Asked(
                new Candidate(
                        id, 0, -1, -1, "random", GenomeText.parse("- | latent(2) | upsampling | adam(lr0.1,batch1)")),
                now));
        return id;
    }

    private void finish(Crew crew) {
        if (random.nextDouble() < deaths) {
            breakUp(crew);
        } else {
            arrive(crew);
        }
    }

    private void arrive(Crew crew) {
        double there = now - crew.since;
        double train = there * random.nextDouble();
        add(State.BUSY, size * train);
        add(State.WAITING, size * (there - train));
        Evaluation evaluation = new Evaluation(
                crew.candidate,
                EvaluationStatus.OK,
                Score.NONE,
                Effort.of(new Durations(0, train, 0)).by(new Teamwork(size, train / 4)),
                List.of(),
                "");
        entries.add(new Arrived(evaluation, attempts.get(crew.candidate), leader(crew), 0, now));
        crew.candidate = -1;
        arrived++;
    }

    /** What happens at once is entered in any order. */
    private void breakUp(Crew crew) {
        add(State.LOST, size * (now - crew.since));
        List<Entry> said = new ArrayList<>();
        said.add(new DispatchLost(crew.candidate, attempts.get(crew.candidate), leader(crew), now, "a member is gone"));
        said.add(new TeamEnded(crew.team, now, true, "a member is gone"));
        crew.places.forEach(p -> {
            places[p].inTeam = false;
            places[p].idle = State.LOST;
        });
        if (random.nextBoolean()) {
            Place dead = places[crew.places.get(random.nextInt(size))];
            said.add(new WorkerLeft(dead.worker, now, true, "killed"));
            dead.worker = -1;
            dead.deadSince = now;
        }
        Collections.shuffle(said, random);
        entries.addAll(said);
        again.push(crew.candidate);
        crews.remove(crew);
    }
}
