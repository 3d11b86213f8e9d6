package org.aevo.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.aevo.gpu.CudaBuild;
import org.aevo.gpu.Gpu;
import org.aevo.gpu.NvidiaHost;
import org.aevo.train.SelfCheck;

/** What the doctor says of this host's GPUs: which there are, and which engine computes on each, or could. */
final class GpuReport {
    private final NvidiaHost host;
    private final List<String> visible;
    private final Predicate<CudaBuild> isHere;

    /**
     * @param visible that workers may use, as CUDA_VISIBLE_DEVICES names them
     * @param isHere whether this program has a GPU build
     */
    GpuReport(NvidiaHost host, List<String> visible, Predicate<CudaBuild> isHere) {
        this.host = host;
        this.visible = List.copyOf(visible);
        this.isHere = isHere;
    }

    /** A line on all of them, called {@code gpus}, one on each, and one on each engine that computes on them. */
    List<SelfCheck> lines(Map<String, String> environment) {
        List<SelfCheck> lines = new ArrayList<>();
        lines.add(all());
        visible.forEach(id -> lines.add(one(id)));
        for (CudaBuild build : built()) {
            Optional<String> missing = build.missingLibraries(environment);
            lines.add(new SelfCheck(
                    "cuda", missing.isEmpty(), build.engine() + ": " + missing.orElse("all libraries are found")));
        }
        return lines;
    }

    private List<CudaBuild> built() {
        return GpuBuilds.all().stream().filter(isHere).toList();
    }

    private SelfCheck all() {
        boolean useful = !built().isEmpty();
        String driver = host.driver()
                .map(v -> "; driver " + v + host.cuda().map(c -> ", " + c).orElse(""))
                .orElse("");
        String problem = host.problem().map(p -> "; " + p).orElse("");
        if (visible.isEmpty()) {
            String hidden = host.gpus().isEmpty()
                    ? ""
                    : "; the driver tells of " + host.gpus().size()
                            + ", which no device file or CUDA_VISIBLE_DEVICES lets this process use";
            return new SelfCheck(
                    "gpus",
                    !useful,
                    "none" + hidden + driver + problem
                            + (useful
                                    ? ", but this build computes on GPUs: ask the scheduler for some, or set cluster.gpus to no"
                                    : ": this build computes on CPU cores"));
        }
        String names = visible.stream()
                .map(id ->
                        id + host.find(id).map(gpu -> " " + gpu.description()).orElse(""))
                .collect(Collectors.joining("; "));
        return new SelfCheck(
                "gpus",
                !useful || host.problem().isEmpty(),
                names + driver + problem + (useful ? "" : ": this build computes on CPU cores"));
    }

    private SelfCheck one(String id) {
        Optional<Gpu> known = host.find(id);
        if (known.isEmpty()) {
            return new SelfCheck("gpu " + id, true, "the driver does not tell what it is");
        }
        Gpu gpu = known.get();
        List<String> verdicts = new ArrayList<>();
        boolean used = false;
        for (CudaBuild build : GpuBuilds.all()) {
            Optional<String> obstacle = build.obstacle(host, gpu);
            if (obstacle.isPresent()) {
                verdicts.add(build.engine() + " cannot compute on it, " + obstacle.get());
            } else if (isHere.test(build)) {
                used = true;
                verdicts.add(0, build.engine() + " computes on it");
            } else {
                verdicts.add(build.engine() + " would after " + build.howToBuild());
            }
        }
        String memory = gpu.memoryMiB().isPresent() ? ", " + gpu.memoryMiB().getAsLong() + " MiB" : "";
        return new SelfCheck(
                "gpu " + id,
                used || built().isEmpty(),
                gpu.description() + memory + ": " + String.join("; ", verdicts));
    }
}
