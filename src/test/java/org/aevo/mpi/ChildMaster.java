package org.aevo.mpi;

/** A master in a JVM of its own: prints its port, and lives until it is killed. */
final class ChildMaster {
    private ChildMaster() {}

    public static void main(String[] args) throws Exception {
        RunSecret secret = RunSecret.fromEnvironment(System.getenv()).orElseThrow();
        MasterEndpoint master = MasterEndpoint.open(MasterOptions.loopback(), secret, event -> {});
        System.out.println(master.address().getPort());
        Thread.currentThread().join();
    }
}
