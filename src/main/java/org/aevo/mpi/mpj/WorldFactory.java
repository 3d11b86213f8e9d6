package org.aevo.mpi.mpj;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes worlds that know nothing of each other. Class files are read once. */
public final class WorldFactory {
    private final Map<String, byte[]> classFiles = new ConcurrentHashMap<>();

    public WorldFactory() {}

    /** A world, not initialised yet. */
    public World create() {
        ClassLoader loader = new WorldClassLoader(WorldFactory.class.getClassLoader(), classFiles);
        try {
            return (World) loader.loadClass("org.aevo.mpi.mpj.MpjWorld")
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("MPJ Express cannot be loaded: " + e, e);
        }
    }
}
