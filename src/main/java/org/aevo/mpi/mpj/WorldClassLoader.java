package org.aevo.mpi.mpj;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Loads MPJ's classes with static state itself, from the class path of its parent, and leaves everything else to the
 * parent. MPJ's buffer pool ({@code mpjbuf}) stays in the parent: a pool per world costs 8 MB of direct memory each.
 * What MPJ's device would open to the network, or believe of it, is taken out as it is loaded.
 */
final class WorldClassLoader extends ClassLoader {
    private static final String HERE = "org/aevo/mpi/mpj/MpjWorld";

    /** What MPJ's device finds under the names that it uses. */
    private static final Map<String, String> INSTEAD = new HashMap<>();
    /** What the rest of MPJ finds. */
    private static final Map<String, String> OUTSIDE =
            Map.of("mpjbuf/BufferFactory", HERE + "Buffers", "java/io/FileInputStream", HERE + "Configuration");

    static {
        // It asks for the name of its own host, for its log: on a host whose name does not resolve it makes no world.
        INSTEAD.put("getLocalHost", "getLoopbackAddress");
        type("java/net/Socket", "Rendezvous");
        // of a channel, in code that nothing reaches any more, but which the virtual machine verifies
        INSTEAD.put("()Ljava/net/Socket;", "()L" + HERE + "Rendezvous;");
        type("java/net/InetSocketAddress", "Door");
        type("mpjbuf/BufferFactory", "Buffers");
        type("java/lang/System", "System");
        type("java/io/PrintStream", "System");
        type("java/lang/Thread", "Thread");
    }

    private final Map<String, byte[]> classFiles;

    WorldClassLoader(ClassLoader parent, Map<String, byte[]> classFiles) {
        super(parent);
        this.classFiles = classFiles;
    }

    /** The name of a class, and that of a field's type. */
    private static void type(String name, String instead) {
        INSTEAD.put(name, HERE + instead);
        INSTEAD.put("L" + name + ";", "L" + HERE + instead + ";");
    }

    private static boolean own(String name) {
        return name.startsWith("mpi.") && !name.equals("mpi.MPIException")
                || name.startsWith("mpjdev.")
                || name.startsWith("xdev.")
                || name.startsWith("org.aevo.mpi.mpj.MpjWorld");
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!own(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            byte[] file = classFile(name);
            return defineClass(name, file, 0, file.length);
        }
    }

    private byte[] classFile(String name) throws ClassNotFoundException {
        byte[] known = classFiles.get(name);
        if (known != null) {
            return known;
        }
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] file = in.readAllBytes();
            if (name.startsWith("xdev.niodev.")) {
                file = altered(file, INSTEAD);
            } else if (name.startsWith("mpi.") || name.startsWith("mpjdev.")) {
                file = altered(file, OUTSIDE);
            }
            classFiles.put(name, file);
            return file;
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** Names are constants of a class file, each there once, and constants are free to change their length. */
    private static byte[] altered(byte[] file, Map<String, String> instead) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        for (Map.Entry<String, String> name : instead.entrySet()) {
            text = text.replace(constant(name.getKey()), constant(name.getValue()));
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** As a class file holds it: a tag, a 16-bit length, the characters. */
    private static String constant(String name) {
        return "\u0001\0" + (char) name.length() + name;
    }
}
