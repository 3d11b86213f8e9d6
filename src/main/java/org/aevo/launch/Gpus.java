package org.aevo.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The GPUs that workers on this host may use, and which of them each gets. A worker sees one GPU alone: {@value
 * #VARIABLE} is set before its virtual machine starts, for nothing else chooses reliably.
 */
public final class Gpus {
    /** What CUDA reads. */
    public static final String VARIABLE = "CUDA_VISIBLE_DEVICES";

    /** By what CUDA numbers GPUs. */
    static final String ORDER = "CUDA_DEVICE_ORDER";

    /** For a worker that is to see no GPU. */
    public static final String NONE = "";

    private static final Pattern DEVICE = Pattern.compile(".*/nvidia(\\d{1,4})");

    private final List<String> visible;
    private final boolean granted;
    private final boolean ownOfTask;
    private final int workersPerDevice;

    private Gpus(List<String> visible, boolean granted, boolean ownOfTask, int workersPerDevice) {
        this.visible = List.copyOf(visible);
        this.granted = granted;
        this.ownOfTask = ownOfTask;
        this.workersPerDevice = workersPerDevice;
    }

    /**
     * Looks at this host.
     *
     * @param oneOfMany whether this process is a rank beside others, which may have GPUs of their own
     * @param workersPerDevice workers that may share a GPU
     */
    public static Gpus onThisHost(Map<String, String> environment, boolean oneOfMany, int workersPerDevice) {
        return of(environment, oneOfMany, devices(Path.of("/dev")), workersPerDevice);
    }

    static Gpus of(Map<String, String> environment, boolean oneOfMany, List<String> devices, int workersPerDevice) {
        String text = environment.get(VARIABLE);
        List<String> visible = text == null ? devices : ids(text);
        int onNode = Slurm.gpusOnNode(environment);
        boolean ownOfTask = oneOfMany
                && environment.containsKey("SLURM_STEP_ID")
                && (environment.containsKey("SLURM_GPUS_PER_TASK") || onNode > visible.size());
        return new Gpus(visible, onNode > 0 && !visible.isEmpty(), ownOfTask, workersPerDevice);
    }

    private static List<String> ids(String text) {
        List<String> ids = new ArrayList<>();
        for (String id : text.split(",")) {
            if (id.isBlank() || id.startsWith("-") || id.equals("NoDevFiles")) {
                return ids; // CUDA, too, ignores what follows an invalid one
            }
            ids.add(id.strip());
        }
        return ids;
    }

    private static List<String> devices(Path folder) {
        List<String> ids = new ArrayList<>();
        try (var entries = Files.newDirectoryStream(folder, "nvidia[0-9]*")) {
            for (Path entry : entries) {
                Matcher device = DEVICE.matcher(entry.toString());
                if (device.matches()) {
                    ids.add(device.group(1));
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        ids.sort(Comparator.comparingInt(Integer::parseInt));
        return ids;
    }

    /** As {@value #VARIABLE} names them. */
    public List<String> visible() {
        return visible;
    }

    /** Whether a scheduler granted them to this job. */
    public boolean granted() {
        return granted;
    }

    /**
     * The GPU of a worker.
     *
     * @param index of the worker among those on this host, from 0; empty if it is not known
     * @throws LaunchException if there are not enough for it, with what to do
     */
    public String of(Optional<Integer> index) {
        if (visible.isEmpty()) {
            throw none();
        }
        if (ownOfTask || visible.size() == 1 && index.isEmpty()) {
            return visible.get(0);
        }
        int own = index.orElseThrow(() -> new LaunchException("which of the " + visible.size()
                + " GPUs is this worker's? The launcher does not number ranks on a host: set " + VARIABLE
                + " for each"));
        requireEnoughFor(own + 1);
        return visible.get(own % visible.size());
    }

    private static LaunchException none() {
        return new LaunchException("there is no GPU here (" + VARIABLE
                + " names none, and there is no /dev/nvidia0): ask the scheduler for GPUs, or set cluster.gpus to no");
    }

    /**
     * @throws LaunchException if so many workers on this host are more than its GPUs take
     */
    public void requireEnoughFor(int workers) {
        if (visible.isEmpty() && workers > 0) {
            throw none();
        }
        if (!ownOfTask && workers > visible.size() * workersPerDevice) {
            throw new LaunchException(workers + " workers on this host, but "
                    + (visible.size() == 1 ? "1 GPU" : visible.size() + " GPUs")
                    + (workersPerDevice > 1 ? " for " + workersPerDevice + " workers each" : "")
                    + ": start fewer, let them share with cluster.workers-per-device, or set cluster.gpus to no");
        }
    }

    /**
     * Looks at the whole step, so that it is refused before anything starts.
     *
     * @throws LaunchException if on one of its nodes there are more workers than the GPUs take
     */
    public void requireEnoughFor(Placement placement, Map<String, String> environment) {
        List<Integer> tasks =
                placement.launcher() == Placement.Launcher.SLURM ? Slurm.tasksPerNode(environment) : List.of();
        for (int node = 0; node < tasks.size(); node++) {
            // so many on each node, unless they were asked for by their sum
            boolean known = !environment.containsKey("SLURM_GPUS")
                    || Integer.toString(node).equals(environment.get("SLURM_NODEID"));
            if (known) {
                // the master, on the first node, needs none
                requireEnoughFor(tasks.get(node) - (node == 0 ? 1 : 0));
            }
        }
    }
}
