package org.aevo.cli;

import java.util.Map;
import java.util.Optional;
import org.aevo.config.InputException;
import org.aevo.launch.MeetingPoint;
import org.aevo.launch.Placement;
import org.aevo.launch.RankDiscovery;
import org.aevo.mpi.RunSecret;
import picocli.CommandLine.Option;

/** For ranks whose launcher does not tell them who they are or where to meet. */
final class RankOptions {
    @Option(
            names = "--rank",
            paramLabel = "R",
            description = "This process's rank, 0 for the master, where no launcher (srun, mpirun, mpiexec) says it.")
    private Integer rank;

    @Option(names = "--ranks", paramLabel = "N", description = "Number of ranks, the master included; with --rank.")
    private Integer ranks;

    @Option(
            names = "--master",
            paramLabel = "HOST:PORT",
            description =
                    "Where rank 0 listens, the same for all ranks, with the same secret (64 hexadecimal digits) in"
                            + " the environment variable " + RunSecret.VARIABLE
                            + ". Not needed where ranks share a working directory and a launcher's job id.")
    private String master;

    /**
     * Who this process is.
     *
     * @throws InputException if options or a launcher's variables are wrong
     */
    Placement placement(Map<String, String> environment) {
        if ((rank == null) != (ranks == null)) {
            throw new InputException("--rank R and --ranks N belong together");
        }
        if (rank != null && master == null) {
            throw new InputException("--rank: the ranks need --master HOST:PORT to find each other");
        }
        try {
            return rank == null ? RankDiscovery.of(environment) : RankDiscovery.given(rank, ranks, environment);
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
    }

    /** Where the ranks agreed to meet; empty if the launcher's job id tells. */
    Optional<MeetingPoint.Place> agreed(Map<String, String> environment) {
        if (master == null) {
            return Optional.empty();
        }
        MasterAddress address = MasterAddress.parse(master);
        try {
            RunSecret secret = RunSecret.fromEnvironment(environment)
                    .orElseThrow(() ->
                            new InputException("--master: the ranks must prove that they belong together: give all"
                                    + " the same secret, export " + RunSecret.VARIABLE + "=$(openssl rand -hex 32)"));
            return Optional.of(new MeetingPoint.Place(address.port(), secret, address.hosts()));
        } catch (IllegalArgumentException e) {
            throw new InputException(RunSecret.VARIABLE + ": " + e.getMessage(), e);
        }
    }
}
