package org.aevo.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aevo.config.ClusterSettings;
import org.aevo.config.GpuUse;
import org.aevo.config.InputException;
import org.aevo.config.RunConfig;
import org.aevo.gpu.CudaBuild;
import org.aevo.gpu.Gpu;
import org.aevo.gpu.NvidiaHost;
import org.aevo.launch.Gpus;
import org.aevo.launch.LaunchException;
import org.aevo.launch.MeetingPoint;
import org.aevo.launch.Placement;

/** How the workers of a run share the GPUs of their hosts, as its input and this build say. */
final class GpuShares {
    /** Empty if workers are not given GPUs. */
    private final Optional<Gpus> gpus;

    private final boolean hidden;
    /** What computes on them; empty if nothing does. */
    private final Optional<CudaBuild> build;

    private final GpuHost host;

    private GpuShares(Optional<Gpus> gpus, boolean hidden, Optional<CudaBuild> build, GpuHost host) {
        this.gpus = gpus;
        this.hidden = hidden;
        this.build = build;
        this.host = host;
    }

    /**
     * @throws InputException if GPUs are asked for, and this build does not compute on them
     */
    static GpuShares of(RunConfig config, Placement placement, Map<String, String> environment) {
        return of(config, placement, environment, new GpuHost());
    }

    /** The same, for many runs on one host. */
    static GpuShares of(RunConfig config, Placement placement, Map<String, String> environment, GpuHost host) {
        ClusterSettings cluster = config.cluster();
        if (cluster.gpus() == GpuUse.NO) {
            return new GpuShares(Optional.empty(), true, Optional.empty(), host);
        }
        CudaBuild ofEngine = GpuBuilds.of(config.engine());
        boolean computes = !config.simulated() && Engines.computesOnGpus(config.engine());
        if (cluster.gpus() == GpuUse.YES && !config.simulated() && !computes) {
            throw new InputException("cluster.gpus is yes, but in this build " + ofEngine.engine()
                    + " computes on CPU cores: " + ofEngine.howToBuild() + ", or set cluster.gpus to auto or no");
        }
        Gpus here = Gpus.onThisHost(environment, placement.isOneOfMany(), cluster.workersPerDevice());
        boolean wanted = cluster.gpus() == GpuUse.YES || here.granted() || computes;
        return new GpuShares(
                wanted ? Optional.of(here) : Optional.empty(),
                false,
                computes ? Optional.of(ofEngine) : Optional.empty(),
                host);
    }

    /**
     * @throws InputException if workers started by this process would be more than the GPUs take, or would compute on
     *     one that their engine has no code for
     */
    void checkLocal(int workers) {
        gpus.ifPresent(g -> {
            refuse(() -> g.requireEnoughFor(workers));
            requireUsable(g.visible().subList(0, Math.min(workers, g.visible().size())));
        });
    }

    /**
     * @throws InputException if on a node of a launcher's step are more workers than the GPUs take, as far as it says,
     *     or on this one GPUs that their engine has no code for
     */
    void checkStep(Placement placement, Map<String, String> environment) {
        gpus.ifPresent(g -> {
            refuse(() -> g.requireEnoughFor(placement, environment));
            requireUsable(g.visible());
        });
    }

    private static void refuse(Runnable check) {
        try {
            check.run();
        } catch (LaunchException e) {
            throw new InputException(e.getMessage(), e);
        }
    }

    private void requireUsable(List<String> ids) {
        if (build.isEmpty()) {
            return;
        }
        NvidiaHost seen = host.get();
        for (String id : ids) {
            Optional<Gpu> gpu = seen.find(id);
            Optional<String> obstacle = gpu.flatMap(g -> build.get().obstacle(seen, g));
            if (obstacle.isPresent()) {
                throw new InputException("GPU " + id + " (" + gpu.get().description() + "): "
                        + build.get().engine() + " cannot compute on it, " + obstacle.get() + ": "
                        + another(seen, gpu.get())
                        + "name other GPUs in " + Gpus.VARIABLE + ", or set cluster.gpus to no");
            }
        }
    }

    /** The engine that could, and how to have it. */
    private String another(NvidiaHost seen, Gpu gpu) {
        return GpuBuilds.all().stream()
                .filter(other -> other.obstacle(seen, gpu).isEmpty())
                .findFirst()
                .map(other -> "set training.engine to " + other.engine()
                        + (GpuBuilds.isHere(other) ? "" : " (" + other.howToBuild() + ")") + ", ")
                .orElse("");
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

    /** What a GPU is, with its driver, for the record; empty if nothing computes on it, or the driver does not say. */
    Optional<String> description(String id) {
        return build.flatMap(b -> host.get().describe(id));
    }
}
