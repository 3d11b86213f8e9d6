package org.aevo.record;

import io.jhdf.api.WritableGroup;
import java.util.function.IntFunction;
import org.aevo.host.Machine;

/** What {@code run.h5} says of hosts: columns of a table, or scalars of a group, of the same names. */
final class MachineColumns {
    private static final String BYTES = "bytes";
    private static final String CPU = "model of its processor; empty if unknown";
    private static final String CORES = "logical processors of its host; -1 if unknown";
    private static final String ALLOWED_CORES =
            "those that it may use: affinity mask, and quota of its control groups; NaN if unknown";
    private static final String AFFINITY = "numbers of those that the affinity mask allows, as 0-3,8; empty if unknown";
    private static final String MEMORY = "of its host; -1 if unknown";
    private static final String ALLOWED_MEMORY = "the same, or the limit of its control groups; -1 if unknown";
    private static final String KERNEL = "operating system and release; empty if unknown";
    private static final String LOAD = "average of its host over a minute, when it joined or began; NaN if unknown";

    private MachineColumns() {}

    static void add(Hdf5Table table, IntFunction<Machine> machine) {
        table.text("cpu_model", CPU, i -> machine.apply(i).cpu())
                .i32("cores", "", CORES, i -> machine.apply(i).cores())
                .f64("allowed_cores", "", ALLOWED_CORES, i -> machine.apply(i).allowedCores())
                .text("affinity", AFFINITY, i -> machine.apply(i).affinity())
                .i64("memory_bytes", BYTES, MEMORY, i -> machine.apply(i).memoryBytes())
                .i64("allowed_memory_bytes", BYTES, ALLOWED_MEMORY, i -> machine.apply(i)
                        .allowedMemoryBytes())
                .text("kernel", KERNEL, i -> machine.apply(i).kernel())
                .f64("load", "", LOAD, i -> machine.apply(i).load());
    }

    /** Of the first master. */
    static void put(WritableGroup group, String host, Machine machine) {
        Hdf5Table.describe(
                group.putDataset("host", Hdf5Table.clean(host)), "", "where the master ran; empty if unknown");
        Hdf5Table.describe(group.putDataset("cpu_model", Hdf5Table.clean(machine.cpu())), "", CPU);
        Hdf5Table.describe(group.putDataset("cores", machine.cores()), "", CORES);
        Hdf5Table.describe(group.putDataset("allowed_cores", machine.allowedCores()), "", ALLOWED_CORES);
        Hdf5Table.describe(group.putDataset("affinity", Hdf5Table.clean(machine.affinity())), "", AFFINITY);
        Hdf5Table.describe(group.putDataset("memory_bytes", machine.memoryBytes()), BYTES, MEMORY);
        Hdf5Table.describe(
                group.putDataset("allowed_memory_bytes", machine.allowedMemoryBytes()), BYTES, ALLOWED_MEMORY);
        Hdf5Table.describe(group.putDataset("kernel", Hdf5Table.clean(machine.kernel())), "", KERNEL);
        Hdf5Table.describe(group.putDataset("load", machine.load()), "", LOAD);
    }
}
