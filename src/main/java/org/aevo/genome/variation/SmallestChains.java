package org.aevo.genome.variation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.aevo.genome.Family;
import org.aevo.genome.Gene;
import org.aevo.genome.Role;
import org.aevo.genome.SearchSpace;
import org.aevo.genome.SectionSpace;
import org.aevo.genome.Upscaling;
import org.aevo.network.Activation;

/**
 * The chains of genes of a section among which the smallest is, short ones first: a convolution, what shrinks the image
 * further, at most one dense gene, all with their least values; and what makes a chain that is too short for its section as long as
 * the shortest that there may be. A decoder's are made from the output to the bottleneck, where
 * what enlarges shrinks. They end after {@value #MOST}, more than an image of 1024x1024 has with one stride and one pooling.
 */
final class SmallestChains implements Iterator<List<Gene>> {
    private static final int MOST = 20_000;

    private final SearchSpace space;
    private final SectionSpace bounds;
    private final Role role;
    private final int fewest;
    private final Deque<List<Gene>> waiting = new ArrayDeque<>();
    private final Deque<List<Gene>> ready = new ArrayDeque<>();
    private int seen;

    /** Starts with the chain of no genes, where a section of this role may have none. */
    SmallestChains(SearchSpace space, Role role) {
        this.space = space;
        this.bounds = space.section(role);
        this.role = role;
        this.fewest = space.fewestGenes(role);
        waiting.add(List.of());
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && seen < MOST && !waiting.isEmpty()) {
            List<Gene> chain = grown();
            if (chain.size() < fewest) {
                ready.addAll(lengthened(chain));
            } else {
                ready.add(chain);
            }
        }
        return !ready.isEmpty();
    }

    /** The next chain, in the order of its role. */
    @Override
    public List<Gene> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no further chain of the " + role);
        }
        List<Gene> chain = ready.remove();
        if (!role.enlarges()) {
            return chain;
        }
        List<Gene> reversed = new ArrayList<>(chain);
        Collections.reverse(reversed);
        return reversed;
    }

    /** The next chain; those with one more gene wait. */
    private List<Gene> grown() {
        seen++;
        List<Gene> chain = waiting.remove();
        if (chain.size() < bounds.maxGenes()) {
            for (Gene next : followers(chain)) {
                List<Gene> longer = new ArrayList<>(chain);
                longer.add(next);
                waiting.add(longer);
            }
        }
        return chain;
    }

    /**
     * A chain made as long as there must be genes, by convolutions of step 1 where images are smallest, dense genes at the end, or
     * some of both; empty where neither may stand there. What begins with a dense gene is made longer by such genes alone: chains
     * that begin with a convolution have the others.
     */
    private List<List<Gene>> lengthened(List<Gene> chain) {
        List<List<Gene>> longer = new ArrayList<>();
        if (chain.isEmpty()) {
            return longer;
        }
        int missing = fewest - chain.size();
        boolean convolves = chain.get(0).spatial() && bounds.strides().contains(1);
        boolean dense = space.family(role) != Family.CONVOLUTIONAL;
        int place = (int) chain.stream().takeWhile(Gene::spatial).count();
        if (side(chain.subList(0, place)) < 2) {
            place--;
        }
        for (int spatial = dense ? 0 : missing; spatial <= (convolves ? missing : 0); spatial++) {
            List<Gene> genes = new ArrayList<>(chain);
            if (spatial > 0) {
                genes.addAll(place, Collections.nCopies(spatial, convolutions(1).get(0)));
            }
            if (spatial < missing) {
                genes.addAll(Collections.nCopies(missing - spatial, dense()));
            }
            longer.add(genes);
        }
        return longer;
    }

    private Gene dense() {
        return new Gene.Dense(bounds.units().min(), bounds.activations().get(0), 0);
    }

    private List<Gene> followers(List<Gene> chain) {
        boolean first = chain.isEmpty();
        if (!first && !chain.get(chain.size() - 1).spatial()) {
            return List.of();
        }
        List<Gene> next = new ArrayList<>();
        if (space.family(role) != Family.DENSE) {
            int side = side(chain);
            for (int stride : bounds.strides()) {
                // A further convolution that does not shrink only adds to a network.
                if (side > 1 && stride <= side && (first || stride > 1)) {
                    next.addAll(convolutions(stride));
                }
            }
            for (int size : role.enlarges() ? List.<Integer>of() : bounds.poolSizes()) {
                if (!first && side > 1 && size <= side) {
                    next.add(new Gene.MaxPooling(size));
                }
            }
        }
        if (space.family(role) != Family.CONVOLUTIONAL) {
            next.add(dense());
        }
        return next;
    }

    /** Of a stride the only one, or those of a factor by the ways to enlarge. */
    private List<Gene> convolutions(int step) {
        int filters = bounds.filters().min();
        int kernel = bounds.kernel().min();
        Activation activation = bounds.activations().get(0);
        if (!role.enlarges()) {
            return List.of(new Gene.Convolution(filters, kernel, step, activation, false));
        }
        List<Gene> each = new ArrayList<>();
        for (Upscaling upscaling : step == 1 ? List.of(Upscaling.UPSAMPLING) : space.upscalings()) {
            each.add(new Gene.Upconvolution(filters, kernel, step, upscaling, activation, false));
        }
        return each;
    }

    private int side(List<Gene> chain) {
        int side = space.input().side();
        for (Gene gene : chain) {
            int step = gene instanceof Gene.Upconvolution u ? u.factor() : gene.step();
            side = (side - 1) / step + 1;
        }
        return side;
    }
}
