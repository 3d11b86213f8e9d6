package org.aevo.worker;

import java.time.Duration;
import java.util.Optional;
import org.aevo.codec.MalformedDataException;
import org.aevo.mpi.Link;
import org.aevo.mpi.Message;
import org.aevo.mpi.WireFormat;
import org.aevo.search.Evaluator;
import org.aevo.team.Collective;
import org.aevo.team.TeamLostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker does as a member of teams, one after the other. Its leader gets candidates from the master and passes them on;
 * the others wait for its word, and evaluate the same. All on the thread that evaluates; ends come on that of the link.
 */
final class TeamWork {
    private static final Logger LOG = LoggerFactory.getLogger(TeamWork.class);
    private static final byte[] NOTHING = {};

    private final Rendezvous rendezvous;
    private final Duration timeout;
    private final Link link;
    private final Evaluator evaluator;
    private final Evaluations evaluations;

    /** Guarded by this, as the next is. */
    private Optional<Membership> membership = Optional.empty();
    /** Teams up to this number are for nobody any more. */
    private long over = Long.MIN_VALUE;

    /** Empty in no team. */
    private Optional<Attendance> members = Optional.empty();

    /** Evaluates. */
    @FunctionalInterface
    interface Evaluations {
        /** The outcome; empty if nobody wants it any more. */
        Optional<Evaluator.Outcome> of(Message.Assign task);
    }

    /**
     * @param timeout for a team to meet
     * @param evaluator told which team it is of
     */
    TeamWork(Rendezvous rendezvous, Duration timeout, Link link, Evaluator evaluator, Evaluations evaluations) {
        this.rendezvous = rendezvous;
        this.timeout = timeout;
        this.link = link;
        this.evaluator = evaluator;
        this.evaluations = evaluations;
    }

    /** Hears on the link's thread what may end a team, while its members may wait for each other. */
    void hear(Message message) {
        if (message instanceof Message.Assemble next) {
            end(next.team() - 1, "another team is to be");
        } else if (message instanceof Message.Disband disband) {
            end(disband.team(), disband.reason());
        }
    }

    /** All teams have ended, and none will begin. */
    void end(String reason) {
        end(Long.MAX_VALUE, reason);
    }

    private void end(long upTo, String reason) {
        Optional<Membership> ended;
        synchronized (this) {
            over = Math.max(over, upTo);
            ended = membership.filter(m -> m.team() <= over);
        }
        ended.ifPresent(m -> m.end(reason));
    }

    /** Becomes a member, and returns when there is something else to be heard of the master. */
    void assemble(Message.Assemble word) throws InterruptedException {
        leave("another team is to be");
        Membership next = new Membership(word);
        synchronized (this) {
            if (word.team() <= over) {
                next.end("the team ended before it had met");
            }
            membership = Optional.of(next);
        }
        try {
            Collective collective = next.meet(rendezvous, timeout);
            members = Optional.of(new Attendance(collective));
            evaluator.join(Optional.of(members.get()));
            if (next.leads()) {
                link.send(new Message.Assembled(word.team()));
            } else {
                follow(collective);
            }
        } catch (TeamLostException e) {
            lost(e);
        }
    }

    /** Leaves a team that the master ended. */
    void disband(Message.Disband word) {
        Optional<Membership> present = membership();
        if (present.isPresent() && present.get().team() == word.team()) {
            leave(word.reason());
        }
    }

    /** Evaluates a candidate with the others, as their leader; empty if there is no outcome, and the team is no more. */
    Optional<Evaluator.Outcome> lead(Message.Assign task) {
        if (members.isEmpty() || isParting()) {
            return Optional.empty(); // sent before the master knew
        }
        try {
            members.get().broadcast(WireFormat.encode(task));
            return evaluations.of(task);
        } catch (TeamLostException e) {
            lost(e);
            return Optional.empty();
        }
    }

    /**
     * Whether this member has ended an evaluation by itself. It begins nothing more, and goes when the master, who has its
     * outcome then, ends the team: the others' word that it is gone could be there before its outcome is.
     */
    boolean isParting() {
        return members.filter(Attendance::isLeft).isPresent();
    }

    /** Evaluates what the leader says, until the team ends; or until this member parts, and waits for the master's word. */
    private void follow(Collective collective) {
        while (!isParting()) {
            Message.Assign task = task(collective.broadcast(NOTHING));
            Optional<Evaluator.Outcome> outcome = evaluations.of(task);
            if (isParting()) {
                outcome.ifPresent(own -> link.send(new Message.Result(
                        task.candidate().id(), task.attempt(), Double.NaN, own.evaluation(), own.weights(), true)));
            }
        }
    }

    private static Message.Assign task(byte[] word) {
        try {
            if (WireFormat.decode(word) instanceof Message.Assign task) {
                return task;
            }
            throw new TeamLostException("the leader said something else than a candidate");
        } catch (MalformedDataException e) {
            throw new TeamLostException("what the leader said cannot be read: " + e.getMessage(), e);
        }
    }

    private void lost(TeamLostException e) {
        leave(membership().flatMap(Membership::problem).orElse(String.valueOf(e.getMessage())));
    }

    private void leave(String reason) {
        Optional<Membership> left;
        synchronized (this) {
            left = membership;
            membership = Optional.empty();
        }
        if (left.isEmpty()) {
            return;
        }
        left.get().end(reason);
        members = Optional.empty();
        evaluator.join(Optional.empty());
        LOG.info("team {} has ended: {}", left.get().team(), reason);
        link.send(new Message.Disbanded(left.get().team(), reason));
    }

    private synchronized Optional<Membership> membership() {
        return membership;
    }
}
