package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.aevo.record.Entry;
import org.aevo.record.JournalReader;
import org.aevo.search.EvaluationStatus;

/**
 * What must be true of the entries of a run that lost workers and masters and spent its budget in the end. Keeps books
 * of its own: it shares nothing with the history that the program makes of the same entries.
 */
final class JournalRules {
    private final List<String> broken = new ArrayList<>();
    private final Set<Long> asked = new HashSet<>();
    private final Set<Long> arrived = new HashSet<>();
    private final Set<Long> inserted = new HashSet<>();
    private final Map<Long, Entry.Dispatched> last = new HashMap<>();
    private final Map<Long, Entry.Dispatched> open = new HashMap<>();
    private final Map<Long, Set<Long>> busy = new HashMap<>();
    private int inAdvance;
    private final Set<Long> present = new HashSet<>();
    private final Set<Long> known = new HashSet<>();
    private final Map<Long, List<Long>> teams = new HashMap<>();
    private final Set<Long> formerTeams = new HashSet<>();
    private int teamSize = 1;
    private double time;
    private boolean complete;
    private long offset;

    private JournalRules() {}

    /** What is wrong, a line each; nothing if all is well. */
    static List<String> broken(Path journal) throws IOException {
        JournalRules rules = new JournalRules();
        try (JournalReader reader = JournalReader.open(journal)) {
            for (Optional<JournalReader.Located> next = reader.next(); next.isPresent(); next = reader.next()) {
                rules.offset = next.get().offset();
                rules.take(next.get().entry());
            }
            rules.require(reader.tornBytes() == 0, "ends with " + reader.tornBytes() + " bytes of no record");
        }
        rules.atTheEnd();
        return rules.broken;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            broken.add("journal, byte " + offset + ": " + otherwise);
        }
    }

    private void take(Entry entry) {
        require(entry.time() >= time, entry + " is earlier than the entry before it");
        time = entry.time();
        complete = false;
        if (entry instanceof Entry.RunStarted e) {
            Matcher prefetch = Pattern.compile("prefetch: (\\d+)").matcher(e.inputYaml());
            inAdvance = prefetch.find() ? Integer.parseInt(prefetch.group(1)) : 0;
            Matcher team = Pattern.compile("team: (\\d+)").matcher(e.inputYaml());
            teamSize = team.find() ? Integer.parseInt(team.group(1)) : 1;
        } else if (entry instanceof Entry.RunResumed) {
            open.clear();
            busy.clear();
            present.clear();
            teams.clear();
        } else if (entry instanceof Entry.TeamFormed e) {
            formed(e);
        } else if (entry instanceof Entry.TeamEnded e) {
            require(teams.remove(e.team()) != null, "team " + e.team() + " ended, but there is none");
        } else if (entry instanceof Entry.WorkerJoined e) {
            require(known.add(e.worker()), "worker " + e.worker() + " joined before");
            present.add(e.worker());
        } else if (entry instanceof Entry.WorkerLeft e) {
            require(present.remove(e.worker()), "worker " + e.worker() + " left, but was not there");
        } else if (entry instanceof Entry.Asked e) {
            require(asked.add(e.candidate().id()), e.candidate().id() + " was asked before");
        } else if (entry instanceof Entry.Dispatched e) {
            dispatched(e);
        } else if (entry instanceof Entry.DispatchLost e) {
            close(e.id(), e.attempt(), e.worker(), "was lost");
        } else if (entry instanceof Entry.Arrived e) {
            long id = e.evaluation().id();
            require(arrived.add(id), id + " has a second outcome");
            require(asked.contains(id), id + " has an outcome, but was not asked");
            require(e.evaluation().status() == EvaluationStatus.OK, id + " ended as " + e.evaluation());
            close(id, e.attempt(), e.worker(), "arrived");
        } else if (entry instanceof Entry.Inserted e) {
            long id = e.insertion().id();
            require(arrived.contains(id), id + " was inserted without an outcome");
            require(inserted.add(id), id + " was inserted before");
        } else if (entry instanceof Entry.RunEnded e) {
            complete = e.complete();
        }
    }

    private void formed(Entry.TeamFormed e) {
        require(formerTeams.add(e.team()), "there was a team " + e.team() + " before");
        require(e.workers().size() == teamSize, e + " has not " + teamSize + " members");
        for (long worker : e.workers()) {
            require(present.contains(worker), e + " has a member that is not there");
            teams.forEach((number, members) ->
                    require(!members.contains(worker), e + ": worker " + worker + " is of team " + number));
        }
        teams.put(e.team(), e.workers());
    }

    private void dispatched(Entry.Dispatched e) {
        require(
                teamSize == 1 || teams.values().stream().anyMatch(t -> t.get(0) == e.worker()),
                e.id() + " was sent to worker " + e.worker() + ", which leads no team");
        require(
                teams.values().stream().filter(t -> t.get(0) == e.worker()).allMatch(present::containsAll),
                e.id() + " was sent to a team of which a member is gone");
        require(asked.contains(e.id()), e.id() + " was sent, but not asked");
        require(!arrived.contains(e.id()), e.id() + " was sent again after its outcome");
        require(!open.containsKey(e.id()), e.id() + " was sent while it is out: " + open.get(e.id()));
        require(present.contains(e.worker()), e.id() + " was sent to worker " + e.worker() + ", which is not there");
        Set<Long> work = busy.computeIfAbsent(e.worker(), worker -> new HashSet<>());
        require(work.size() <= inAdvance, "worker " + e.worker() + " got " + e.id() + ", but has " + work);
        work.add(e.id());
        int before = last.containsKey(e.id()) ? last.get(e.id()).attempt() : 0;
        require(e.attempt() == before + 1, e.id() + " was sent as attempt " + e.attempt() + " after " + before);
        last.put(e.id(), e);
        open.put(e.id(), e);
    }

    private void close(long id, int attempt, long worker, String what) {
        Entry.Dispatched sent = open.remove(id);
        require(
                sent != null && sent.attempt() == attempt && sent.worker() == worker,
                "attempt " + attempt + " of " + id + " by worker " + worker + " " + what + ", but out is " + sent);
        busy.getOrDefault(worker, new HashSet<>()).remove(id);
    }

    private void atTheEnd() {
        require(complete, "the last entry is not the end of a complete run");
        require(open.isEmpty(), "at the end still out: " + open.keySet());
        require(present.isEmpty(), "at the end still there: workers " + present);
        require(teams.isEmpty(), "at the end still there: teams " + teams);
        Set<Long> unfinished = new HashSet<>(asked);
        unfinished.removeAll(arrived);
        require(unfinished.isEmpty(), "without an outcome: " + unfinished);
        for (long id = 0; id < asked.size(); id++) {
            require(asked.contains(id), id + " was left out");
        }
    }
}
