package org.aevo.cli;

import java.util.Map;
import java.util.Optional;
import org.aevo.config.ClusterSettings;
import org.aevo.config.GpuUse;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.launch.Gpus;
import org.aevo.launch.LaunchException;
import org.aevo.launch.MeetingPoint;
import org.aevo.launch.Placement;

/** How the workers of a run share the GPUs of their hosts, as its input and this build say. */
final class GpuShares {
    /** Empty if workers are not given GPUs. */
    private final Optional<Gpus> gpus;

    private final boolean hidden;

    private GpuShares(Optional<Gpus> gpus, boolean hidden) {
        this.gpus = gpus;
        this.hidden = hidden;
    }

    static GpuShares of(RunConfig config, Placement placement, Map<String, String> environment) {
        ClusterSettings cluster = config.cluster();
        if (cluster.gpus() == GpuUse.NO) {
            return new GpuShares(Optional.empty(), true);
        }
        Gpus here = Gpus.onThisHost(environment, placement.isOneOfMany(), cluster.workersPerDevice());
        boolean wanted = cluster.gpus() == GpuUse.YES
                || here.granted()
                || !config.simulated() && Engines.computesOnGpus(config.engine());
        return new GpuShares(wanted ? Optional.of(here) : Optional.empty(), false);
    }

    /**
     * @throws InputException if workers started by this process would be more than the GPUs take
     */
    void checkLocal(int workers) {
        gpus.ifPresent(g -> refuse(() -> g.requireEnoughFor(workers)));
    }

    /**
     * @throws InputException if on a node of a launcher's step are more workers than the GPUs take, as far as it says
     */
    void checkStep(Placement placement, Map<String, String> environment) {
        gpus.ifPresent(g -> refuse(() -> g.requireEnoughFor(placement, environment)));
    }

    private static void refuse(Runnable check) {
        try {
            check.run();
        } catch (LaunchException e) {
            throw new InputException(e.getMessage(), e);
        }
    }

    /** What the worker at a place of this machine, from 1, is to see. */
    Optional<String> ofPlace(int place) {
        return hidden ? Optional.of(Gpus.NONE) : gpus.map(g -> g.of(Optional.of(place - 1)));
    }

    /**
     * What the worker of a launcher's rank is to see. The master, which needs no GPU, is the first rank on its host.
     *
     * @throws LaunchException if there is none for it
     */
    Optional<String> ofRank(Placement placement, MeetingPoint.Place master) {
        if (hidden) {
            return Optional.of(Gpus.NONE);
        }
        boolean besideMaster = master.hosts().get(0).equals(placement.host());
        Optional<Integer> index = placement.localRank().isPresent()
                ? Optional.of(placement.localRank().getAsInt() - (besideMaster ? 1 : 0))
                : Optional.empty();
        return gpus.map(g -> g.of(index));
    }
}
