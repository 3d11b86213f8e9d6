package org.aevo.record;

import io.jhdf.WritableHdfFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.aevo.record.Entry.EpochSeen;
import org.aevo.record.Entry.Judged;

/** What was heard of trainings while they ran: every verdict, and how far those are that are not over yet. */
final class Verdicts {
    static final String GROUP = "verdicts";

    private final List<Judged> judged;
    private final Map<Attempt, Integer> stopped;
    private final Map<Long, List<EpochSeen>> running;

    private record Attempt(long id, int number) {}

    Verdicts() {
        judged = new ArrayList<>();
        stopped = new HashMap<>();
        running = new HashMap<>();
    }

    private Verdicts(Verdicts live) {
        judged = List.copyOf(live.judged);
        stopped = Map.copyOf(live.stopped);
        running = new HashMap<>();
        live.running.forEach((id, points) -> running.put(id, List.copyOf(points)));
    }

    Verdicts freeze() {
        return new Verdicts(this);
    }

    void add(Judged verdict) {
        judged.add(verdict);
        if (verdict.stop()) {
            stopped.put(new Attempt(verdict.id(), verdict.attempt()), verdict.epoch());
        }
        add(new EpochSeen(
                verdict.id(),
                verdict.attempt(),
                verdict.epoch(),
                Double.NaN,
                verdict.loss(),
                Double.NaN,
                verdict.time()));
    }

    void add(EpochSeen point) {
        List<EpochSeen> points = running.computeIfAbsent(point.id(), id -> new ArrayList<>());
        if (!points.isEmpty() && points.get(0).attempt() != point.attempt()) {
            points.clear();
        }
        points.add(point);
    }

    /** An evaluation is there, with its whole curve. */
    void arrived(long id) {
        running.remove(id);
    }

    /** The epochs of a candidate at work that were heard of in its last attempt; empty if none was. */
    List<EpochSeen> running(long id) {
        return List.copyOf(running.getOrDefault(id, List.of()));
    }

    /** The epoch at which an evaluation was stopped; 0 if it was not. */
    int stoppedAt(long id, int attempt) {
        return stopped.getOrDefault(new Attempt(id, attempt), 0);
    }

    /** All, in their order. */
    List<Judged> judged() {
        return List.copyOf(judged);
    }

    void put(WritableHdfFile file) {
        new Hdf5Table(
                        file,
                        GROUP,
                        "one row per verdict on a training that had reached a rung, in their order",
                        judged.size())
                .i64("evaluation", "", "id of the candidate", i -> judged.get(i).id())
                .i32("attempt", "", "of the candidate, from 1", i -> judged.get(i)
                        .attempt())
                .i32("epoch", "", "after which it was judged", i -> judged.get(i)
                        .epoch())
                .f64("loss", "", "by which it was judged", i -> judged.get(i).loss())
                .i32(
                        "stop",
                        "",
                        "1: it ended there; 0: it went on",
                        i -> judged.get(i).stop() ? 1 : 0)
                .f64("time_s", "s", "since the run's start", i -> judged.get(i).time());
    }
}
