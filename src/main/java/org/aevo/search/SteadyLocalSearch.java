package org.aevo.search;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.aevo.genome.Genome;
import org.aevo.genome.SearchSpace;

/**
 * Local search without a barrier: free workers get neighbours of the point, one after the other, and the first that turns out better
 * is the next point at once (the variant "query until lower" of White, Nolen and Savani 2021). One that was asked as
 * neighbour of an earlier point of the same climb counts as well. When as many neighbours as a neighbourhood has have been told and none
 * was better, the search begins again.
 *
 * <p>While the last neighbours of a point are out, other workers get random candidates: the best of these is
 * where the search begins again. The first point is the best of the seeds, and random candidates up to the minimum population.
 */
public final class SteadyLocalSearch implements SearchStrategy {
    private final CandidateSource source;
    private final Progress progress;
    private final int first;
    private final int neighbours;

    /** Whose neighbours are asked; null while there is nothing to begin with. */
    private Member point;
    /** The best random candidate since the search began again; null for none. */
    private Member reserve;
    /** Candidates that are out and may become the next point of this climb. */
    private final Set<Long> climbing = new HashSet<>();

    private int asked;
    private int told;
    /** Whether no further neighbour of the point was found. */
    private boolean dry;

    /** @param seeds the first candidates */
    public SteadyLocalSearch(SearchSpace space, EvolutionSettings settings, List<Genome> seeds, long seed) {
        this.source = new CandidateSource(space, settings, seeds, seed);
        this.progress = new Progress(settings.population());
        this.first = Math.max(settings.minPopulation(), source.seeds());
        this.neighbours = settings.neighbours();
    }

    @Override
    public Proposal ask() {
        long id = progress.nextId();
        Optional<Candidate> candidate = source.seed(id);
        if (candidate.isEmpty() && wantsNeighbour()) {
            candidate = source.neighbour(id, CandidateSource.LINE, point.candidate());
        }
        if (candidate.isEmpty()) {
            candidate = source.random(id, 0);
        }
        if (candidate.isPresent()) {
            return proposed(candidate.get());
        }
        return progress.isAnyOut()
                ? new Proposal.Wait()
                : new Proposal.Exhausted(
                        "no genome was found that is not among the " + progress.nextId() + " evaluated already");
    }

    @Override
    public Proposal recall(Candidate recorded) {
        if (recorded.id() != progress.nextId() || !source.recall(recorded)) {
            return ask();
        }
        return proposed(recorded);
    }

    private boolean wantsNeighbour() {
        return point != null && !dry && asked < neighbours;
    }

    private Proposal proposed(Candidate candidate) {
        progress.asked(candidate);
        if (candidate.parentA() != Candidate.NONE) {
            asked++;
            climbing.add(candidate.id());
        } else if (wantsNeighbour()) {
            dry = true;
            beginAgain();
        }
        return new Proposal.Next(candidate);
    }

    @Override
    public List<Insertion> tell(Evaluation evaluation) {
        Candidate candidate = progress.returned(evaluation);
        boolean random = candidate.parentA() == Candidate.NONE;
        boolean climbs = climbing.remove(candidate.id());
        if (climbs && candidate.parentA() == point.candidate().id()) {
            told++;
        }
        if (evaluation.hasFitness()) {
            Member member = new Member(candidate, evaluation.fitness());
            if (random && (reserve == null || member.compareTo(reserve) < 0)) {
                reserve = member;
            } else if (climbs && member.fitness() < point.fitness()) {
                moveTo(member);
            }
        }
        beginAgain();
        return List.of(progress.insert(candidate, evaluation));
    }

    /** Leaves a point at which nothing better was found, and begins with the reserve if there is one. */
    private void beginAgain() {
        if (point != null && told == asked && !wantsNeighbour()) {
            climbing.clear();
            moveTo(null);
        }
        if (point == null && reserve != null && progress.told() >= first) {
            moveTo(reserve);
            reserve = null;
        }
    }

    private void moveTo(Member next) {
        point = next;
        asked = 0;
        told = 0;
        dry = false;
    }

    @Override
    public Set<Long> prospectiveParents() {
        Set<Long> ids = new HashSet<>();
        point().ifPresent(member -> ids.add(member.candidate().id()));
        if (reserve != null) {
            ids.add(reserve.candidate().id());
        }
        return ids;
    }

    /** Whose neighbours are being asked; empty while there is nothing to begin with. */
    public Optional<Member> point() {
        return Optional.ofNullable(point);
    }
}
