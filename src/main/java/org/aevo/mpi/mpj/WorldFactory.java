package org.aevo.mpi.mpj;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes worlds that know nothing of each other. Class files are read once. */
public final class WorldFactory {
    private final Map<String, byte[]> classFiles = new ConcurrentHashMap<>();

    public WorldFactory() {}

    /** A world of two ranks, not initialised yet. */
    public World create() {
        return (World) load("MpjWorld");
    }

    /** A world of several ranks, not initialised yet. */
    public GroupWorld createGroup() {
        return (GroupWorld) load("MpjWorldGroup");
    }

    private Object load(String name) {
        ClassLoader loader = new WorldClassLoader(WorldFactory.class.getClassLoader(), classFiles);
        try {
            return loader.loadClass(WorldFactory.class.getPackageName() + "." + name)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("MPJ Express cannot be loaded: " + e, e);
        }
    }
}
