package org.aevo.ensemble;

import java.util.ArrayList;
import java.util.List;
import org.aevo.network.Design;

/**
 * The tasks of an ensemble run, in the order in which they are handed out, from its settings alone. The long trainings come
 * first, and what needs them last, so that few wait; no task stands before what it needs.
 */
public final class EnsemblePlan {
    private final EnsembleSettings settings;
    private final List<PlannedTask> tasks = new ArrayList<>();
    private final List<Long> monoliths = new ArrayList<>();
    private final List<List<Long>> members = new ArrayList<>();
    /** Classifiers of all members, by repeat and measured epoch. */
    private final List<List<Long>> voters = new ArrayList<>();

    public EnsemblePlan(EnsembleSettings settings) {
        this.settings = settings;
        planTrainings();
        planClassifiers();
        planVotes();
    }

    /** What it was made from. */
    public EnsembleSettings settings() {
        return settings;
    }

    /** All tasks; each one's id is its place. */
    public List<PlannedTask> tasks() {
        return List.copyOf(tasks);
    }

    /** Number of tasks. */
    public int size() {
        return tasks.size();
    }

    /**
     * The task of a candidate.
     *
     * @throws IllegalArgumentException if there is none
     */
    public PlannedTask task(long id) {
        if (id < 0 || id >= tasks.size()) {
            throw new IllegalArgumentException("the plan has " + tasks.size() + " tasks, none is number " + id);
        }
        return tasks.get((int) id);
    }

    private void planTrainings() {
        for (int repeat = 1; repeat <= settings.repeats(); repeat++) {
            monoliths.add(add(new EnsembleTask(TaskKind.MONOLITH, repeat, 0, 0), settings.monolith(), List.of()));
        }
        for (int repeat = 1; repeat <= settings.repeats(); repeat++) {
            List<Long> together = new ArrayList<>();
            for (int member = 1; member <= settings.members(); member++) {
                together.add(add(new EnsembleTask(TaskKind.MEMBER, repeat, member, 0), network(member), List.of()));
            }
            members.add(together);
        }
    }

    private void planClassifiers() {
        for (int repeat = 1; repeat <= settings.repeats() && settings.components(); repeat++) {
            add(new EnsembleTask(TaskKind.COMPONENTS_CLASSIFIER, repeat, 0, 0), network(1), List.of());
        }
        for (int repeat = 1; repeat <= settings.repeats(); repeat++) {
            List<Long> together = members.get(repeat - 1);
            for (int epoch : settings.measuredAt()) {
                add(new EnsembleTask(TaskKind.JOINT_CLASSIFIER, repeat, 0, epoch), network(1), together);
                List<Long> classifiers = new ArrayList<>();
                for (int member = 1; member <= settings.members(); member++) {
                    List<Long> alone = List.of(together.get(member - 1));
                    classifiers.add(add(
                            new EnsembleTask(TaskKind.MEMBER_CLASSIFIER, repeat, member, epoch),
                            network(member),
                            alone));
                }
                voters.add(classifiers);
            }
        }
        for (int repeat = 1; repeat <= settings.repeats(); repeat++) {
            for (int epoch : settings.monolithMeasuredAt()) {
                List<Long> alone = List.of(monoliths.get(repeat - 1));
                add(new EnsembleTask(TaskKind.MONOLITH_CLASSIFIER, repeat, 0, epoch), settings.monolith(), alone);
            }
        }
    }

    private void planVotes() {
        int place = 0;
        for (int repeat = 1; repeat <= settings.repeats(); repeat++) {
            for (int epoch : settings.measuredAt()) {
                add(new EnsembleTask(TaskKind.VOTE, repeat, 0, epoch), network(1), voters.get(place));
                place++;
            }
        }
    }

    private Design network(int member) {
        return settings.networks().get(member - 1);
    }

    private long add(EnsembleTask task, Design design, List<Long> needs) {
        long id = tasks.size();
        tasks.add(new PlannedTask(id, task, design, needs));
        return id;
    }
}
