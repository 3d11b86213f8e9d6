package org.aevo.launch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/**
 * Finds out from the environment who started this process, and as which rank. An {@code mpirun} inside a job of SLURM
 * comes before SLURM, whose variables are those of the launcher's own daemons there.
 */
public final class RankDiscovery {
    /**
     * The same for all ranks of one start, and for no others: what {@code bin/launcher} found out where the launcher's
     * variables do not say it, or what the user gave.
     */
    public static final String JOB = "AEVO_JOB";

    /** Variables that are the same for all ranks of one start, and for no others. */
    private static final List<String> PMI_JOBS = List.of("PALS_APID", "PMI_JOBID", "PMIX_NAMESPACE", JOB);

    private final Map<String, String> environment;
    private final String host;
    private final LongPredicate typed;

    private RankDiscovery(Map<String, String> environment, String host, LongPredicate typed) {
        this.typed = typed;
        this.environment = environment;
        this.host = environment.getOrDefault("SLURMD_NODENAME", host);
    }

    /**
     * @param environment of this process
     * @throws IllegalArgumentException if a launcher's variables contradict each other; the message names the variable
     */
    public static Placement of(Map<String, String> environment) {
        return of(environment, InteractiveShell::isAbove);
    }

    /**
     * @param typed whether a person typed the command into a shell that is this process of the step, or below it
     */
    static Placement of(Map<String, String> environment, LongPredicate typed) {
        RankDiscovery discovery = new RankDiscovery(environment, hostName(), typed);
        if (environment.containsKey("OMPI_COMM_WORLD_RANK")) {
            return discovery.openMpi();
        }
        boolean pmi = environment.containsKey("PMI_RANK") && environment.containsKey("PMI_SIZE");
        if (discovery.isTaskOfSrun() && !(pmi && discovery.pmiIsNotFromSrun())) {
            return discovery.slurm();
        }
        if (!pmi && environment.containsKey("PMI_PORT") && environment.containsKey("PMI_ID")) {
            throw new IllegalArgumentException(
                    "PMI_PORT is " + environment.get("PMI_PORT") + ", where no launcher answers"
                            + " which rank this is: start mpiexec without -pmi-port, or unset PMI_PORT if none started this");
        }
        return pmi ? discovery.pmi() : discovery.alone(Placement.Launcher.NONE);
    }

    /** A rank that the user counted. */
    public static Placement given(int rank, int size, Map<String, String> environment) {
        RankDiscovery discovery = new RankDiscovery(environment, hostName(), task -> false);
        return new Placement(
                rank,
                size,
                OptionalInt.empty(),
                OptionalInt.empty(),
                discovery.host,
                Placement.Launcher.USER,
                Optional.empty());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return Objects.requireNonNullElse(System.getenv("HOSTNAME"), "unknown");
        }
    }

    /** The batch script itself also has a SLURM_PROCID, but no step. */
    private boolean isTaskOfSrun() {
        return environment.containsKey("SLURM_STEP_ID") && environment.containsKey("SLURM_PROCID");
    }

    /** srun --mpi=pmi2 sets the same variables as mpiexec does, and a job id. */
    private boolean pmiIsNotFromSrun() {
        return environment.containsKey(JOB)
                || !(environment.get("PMI_RANK").equals(environment.get("SLURM_PROCID"))
                        && environment.get("PMI_SIZE").equals(environment.get(slurmTasks())));
    }

    private String slurmTasks() {
        return environment.containsKey("SLURM_STEP_NUM_TASKS") ? "SLURM_STEP_NUM_TASKS" : "SLURM_NTASKS";
    }

    private Placement alone(Placement.Launcher launcher) {
        return new Placement(0, 1, OptionalInt.of(0), OptionalInt.of(1), host, launcher, Optional.empty());
    }

    private Placement slurm() {
        // of 'srun -n4 --pty bash' one task is left, in which somebody types
        OptionalInt task = optional("SLURM_TASK_PID");
        if (number(slurmTasks()) > 1 && task.isPresent() && typed.test(task.getAsInt())) {
            return alone(Placement.Launcher.SRUN_SHELL);
        }
        List<Integer> tasks = Slurm.tasksPerNode(environment);
        OptionalInt node = optional("SLURM_NODEID");
        OptionalInt localSize = node.isPresent() && node.getAsInt() < tasks.size()
                ? OptionalInt.of(tasks.get(node.getAsInt()))
                : OptionalInt.empty();
        return new Placement(
                number("SLURM_PROCID"),
                number(slurmTasks()),
                optional("SLURM_LOCALID"),
                localSize,
                host,
                Placement.Launcher.SLURM,
                Optional.of(new Placement.Job(
                        environment.getOrDefault("SLURM_JOB_ID", ""),
                        cluster() + environment.get("SLURM_STEP_ID"),
                        restarts())));
    }

    /** Part of the name of a file: two clusters that share a file system may give two jobs one number. */
    private String cluster() {
        return Optional.ofNullable(environment.get("SLURM_CLUSTER_NAME"))
                .filter(name -> !name.isBlank())
                .map(name -> fileSafe(name) + ".")
                .orElse("");
    }

    private Placement openMpi() {
        Optional<Placement.Job> job = Stream.of("PMIX_NAMESPACE", "OMPI_MCA_ess_base_jobid", "OMPI_MCA_orte_ess_jobid")
                .map(environment::get)
                .filter(Objects::nonNull)
                .findFirst()
                .map(id -> new Placement.Job(fileSafe(id), "ompi", restarts()));
        return new Placement(
                number("OMPI_COMM_WORLD_RANK"),
                number("OMPI_COMM_WORLD_SIZE"),
                optional("OMPI_COMM_WORLD_LOCAL_RANK"),
                optional("OMPI_COMM_WORLD_LOCAL_SIZE"),
                host,
                Placement.Launcher.OPEN_MPI,
                job);
    }

    private Placement pmi() {
        Optional<Placement.Job> job = PMI_JOBS.stream()
                .map(environment::get)
                .filter(Objects::nonNull)
                .findFirst()
                .map(id -> new Placement.Job(fileSafe(id), "pmi", restarts()));
        return new Placement(
                number("PMI_RANK"),
                number("PMI_SIZE"),
                first("MPI_LOCALRANKID", "PALS_LOCAL_RANKID", "PMI_LOCAL_RANK"),
                first("MPI_LOCALNRANKS", "PALS_LOCAL_SIZE", "PMI_LOCAL_SIZE"),
                host,
                Placement.Launcher.PMI,
                job);
    }

    /** Part of the name of a file. */
    private static String fileSafe(String id) {
        return id.replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /** A job that was requeued has the id that it had before. */
    private int restarts() {
        return optional("SLURM_RESTART_COUNT").orElse(0);
    }

    private OptionalInt first(String... names) {
        return Stream.of(names)
                .map(this::optional)
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }

    private int number(String name) {
        return optional(name).orElseThrow(() -> new IllegalArgumentException(name + " is not set"));
    }

    private OptionalInt optional(String name) {
        String text = environment.get(name);
        if (text == null) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(text.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number, was '" + text + "'", e);
        }
    }
}
