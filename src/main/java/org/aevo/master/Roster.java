package org.aevo.master;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.aevo.dispatch.Assignment;
import org.aevo.dispatch.Dispatcher;
import org.aevo.dispatch.Loss;
import org.aevo.mpi.Message;
import org.aevo.record.Entry;

/**
 * Who works at which place of the dispatcher: every ready worker at its own, or a whole {@link Team} at its leader's. Does what
 * {@link Teams} decides, and records it. Not thread safe: only the master's loop touches it.
 */
final class Roster {
    private final Dispatcher dispatcher;
    private final Ledger ledger;
    private final Obituaries obituaries;
    private final RunListener listener;
    private final int size;
    private final double patience;
    /** Empty where each works alone. */
    private final Optional<Teams> teams;
    /** Why the last team that was to assemble did not. */
    private Optional<String> trouble = Optional.empty();

    /**
     * @param size workers of a team; 1 for each alone
     * @param nextTeam number of the first team
     * @param patience seconds for a team to meet; and for workers to leave one that has ended
     */
    Roster(
            int size,
            long nextTeam,
            double patience,
            Dispatcher dispatcher,
            Ledger ledger,
            Obituaries obituaries,
            RunListener listener) {
        this.size = size;
        this.patience = patience;
        this.teams = size == 1 ? Optional.empty() : Optional.of(new Teams(size, nextTeam, patience));
        this.dispatcher = dispatcher;
        this.ledger = ledger;
        this.obituaries = obituaries;
        this.listener = listener;
    }

    /** Who has to be ready for anything to be evaluated, in words. */
    static String unit(int size) {
        return size == 1 ? "worker" : "team of " + size;
    }

    /** A worker is ready, and has its number. */
    void ready(WorkerSeat seat) {
        if (teams.isPresent()) {
            teams.get().ready(seat, ledger.now());
        } else {
            dispatcher.joined(seat.place());
        }
    }

    /** At whose place a worker is at work; empty if it is at none. */
    Optional<WorkerSeat> leader(WorkerSeat seat) {
        return teams.isPresent() ? teams.get().of(seat).map(Team::leader) : Optional.of(seat);
    }

    /** Those who worked on what a worker has sent. */
    List<WorkerSeat> authors(WorkerSeat seat) {
        return teams.flatMap(all -> all.of(seat)).map(Team::members).orElse(List.of(seat));
    }

    /** A worker is gone. */
    void left(WorkerSeat seat, String reason) {
        double now = ledger.now();
        boolean working = isWorking();
        ledger.enter(new Entry.WorkerLeft(seat.number(), now, working, reason));
        if (teams.isEmpty()) {
            for (Loss loss : dispatcher.left(seat.place())) {
                enter(loss, seat, reason);
                if (loss.begun()) {
                    long id = loss.assignment().id();
                    obituaries.died(id, seat.host(), seat.process());
                    listener.warning(
                            "worker " + seat.rank() + " is lost (" + reason + ") with candidate " + id + fate(working));
                }
            }
            return;
        }
        Optional<Team> latest = teams.get().latest(seat);
        teams.get().lost(seat, now).ifPresent(team -> end(team, worker(seat, reason), true));
        // its mates may have said so first
        latest.flatMap(Team::lostCandidate).ifPresent(id -> obituaries.died(id, seat.host(), seat.process()));
    }

    /** What a worker says of its team; false if this is another kind of message. */
    boolean hear(WorkerSeat seat, Message message) {
        if (message instanceof Message.Assembled met) {
            teams.flatMap(all -> all.assembled(seat, met.team())).ifPresent(this::begin);
            return true;
        }
        if (message instanceof Message.Disbanded parted) {
            boolean met = teams.flatMap(all -> all.of(seat)).isPresent();
            teams.flatMap(all -> all.disbanded(seat, parted.team(), ledger.now()))
                    .ifPresent(team -> {
                        String reason = worker(seat, parted.reason());
                        if (!met) {
                            fail(team, reason);
                        }
                        end(team, reason, true);
                    });
            return true;
        }
        return false;
    }

    /**
     * A member has ended an evaluation by itself: the others wait for it in vain, and it waits for the word to leave them.
     *
     * @param atWork whether its outcome was for nobody; else what was sent in advance is not begun
     */
    void parted(WorkerSeat seat, boolean atWork) {
        teams.flatMap(all -> all.of(seat)).ifPresent(team -> {
            teams.get().end(team, ledger.now());
            end(team, worker(seat, "ended the evaluation by itself"), atWork);
        });
    }

    /**
     * Puts free workers together, while there is work.
     *
     * @param moreToCome whether workers are joined that may be ready soon
     */
    void form(boolean moreToCome) {
        if (teams.isEmpty()) {
            return;
        }
        double now = ledger.now();
        for (Team team : teams.get().overdue(now)) {
            String reason = String.format(Locale.ROOT, "its members have not met for %.0f s", patience);
            fail(team, reason);
            end(team, reason, true);
        }
        if (isWorking()) {
            teams.get().form(moreToCome, now).forEach(Roster::assemble);
        }
    }

    /** Workers that are still at something for a team that ended long ago, and why nobody waits for them. */
    List<WorkerSeat> stuck() {
        return teams.map(all -> all.stuck(ledger.now())).orElse(List.of());
    }

    /** What there is to say of them. */
    String stuckReason() {
        return String.format(Locale.ROOT, "it has not left its team, which ended %.0f s ago", patience);
    }

    /** Why there is no team, as far as that is known. */
    Optional<String> trouble() {
        return teams.map(all -> "cluster.team is " + size + ", and " + count(all.standingBy())
                + trouble.map(text -> "; " + text).orElse(""));
    }

    /** The run ends, and all teams with it. */
    void end(String reason) {
        teams.ifPresent(all -> all.ready()
                .forEach(team -> ledger.enter(new Entry.TeamEnded(team.number(), ledger.now(), false, reason))));
    }

    private static String count(int workers) {
        return workers == 1 ? "1 worker is ready" : workers + " workers are ready";
    }

    private static void assemble(Team team) {
        List<Message.Door> doors =
                team.members().stream().map(m -> m.door().orElseThrow()).collect(Collectors.toList());
        for (int rank = 0; rank < doors.size(); rank++) {
            team.members().get(rank).link().send(new Message.Assemble(team.number(), rank, doors));
        }
    }

    private void begin(Team team) {
        trouble = Optional.empty();
        List<Long> numbers = team.members().stream().map(WorkerSeat::number).toList();
        ledger.enter(new Entry.TeamFormed(team.number(), numbers, ledger.now()));
        dispatcher.joined(team.leader().place());
        listener.note(team + " is ready");
    }

    private void fail(Team team, String reason) {
        trouble = Optional.of(team + " did not come together: " + reason);
        listener.warning(trouble.get());
    }

    /** @param atWork whether a candidate may have been begun */
    private void end(Team team, String reason, boolean atWork) {
        for (WorkerSeat member : team.staying()) {
            member.link().send(new Message.Disband(team.number(), reason));
        }
        if (!team.hasMet()) {
            return;
        }
        ledger.enter(new Entry.TeamEnded(team.number(), ledger.now(), true, reason));
        Optional<Long> lost = Optional.empty();
        for (Loss loss : dispatcher.left(team.leader().place(), atWork)) {
            enter(loss, team.leader(), reason);
            if (loss.begun()) {
                lost = Optional.of(loss.assignment().id());
                team.lose(loss.assignment().id());
            }
        }
        if (lost.isPresent()) {
            listener.warning(team + " is lost (" + reason + ") with candidate " + lost.get() + fate(isWorking()));
        } else {
            listener.note(team + " has ended (" + reason + ")");
        }
    }

    private boolean isWorking() {
        return dispatcher.ending().isEmpty();
    }

    private static String worker(WorkerSeat seat, String reason) {
        return "worker " + seat.rank() + ": " + reason;
    }

    private static String fate(boolean working) {
        return working ? ", which will be sent to another" : "";
    }

    /** @param seat whom it had been sent to */
    void enter(Loss loss, WorkerSeat seat, String reason) {
        Assignment lost = loss.assignment();
        ledger.enter(
                new Entry.DispatchLost(lost.id(), lost.attempt(), seat.number(), ledger.now(), reason, loss.begun()));
    }
}
