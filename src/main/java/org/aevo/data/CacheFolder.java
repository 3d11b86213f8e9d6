package org.aevo.data;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where data that are ready for use are kept, and whom to trust there: nobody but the user of this process.
 *
 * <p>The folder is that of the environment variable {@code AEVO_DATA_CACHE} ({@code none}: there is none), else
 * {@code ${XDG_CACHE_HOME:-$HOME/.cache}/aevo/data}; where that is on a file system over a network, one in the folder
 * for temporary files.
 */
final class CacheFolder {
    static final String VARIABLE = "AEVO_DATA_CACHE";
    private static final String NONE = "none";
    private static final Path SELF = Path.of("/proc/self");
    private static final Set<String> OVER_A_NETWORK =
            Set.of("nfs", "cifs", "smb", "afs", "9p", "lustre", "gpfs", "beegfs", "ceph", "panfs", "orangefs", "fuse.");

    private CacheFolder() {}

    /** Empty if the user wants none. */
    static Optional<Path> of(Map<String, String> environment) {
        String given = environment.getOrDefault(VARIABLE, "");
        if (!given.isEmpty()) {
            return given.equals(NONE) ? Optional.empty() : Optional.of(Path.of(given));
        }
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        String home = environment.getOrDefault("HOME", "");
        if (!cache.isEmpty() || !home.isEmpty()) {
            Path base = cache.isEmpty() ? Path.of(home, ".cache") : Path.of(cache);
            if (!isOverANetwork(base)) {
                return Optional.of(base.resolve("aevo").resolve("data"));
            }
        }
        return Optional.of(Path.of(System.getProperty("java.io.tmpdir"), "aevo-data-" + user()));
    }

    /** Those whom passwd does not know have one name in common. */
    private static Object user() {
        String name = System.getProperty("user.name");
        try {
            return name.equals("?") ? uid(SELF.toRealPath()) : name;
        } catch (IOException e) {
            return name;
        }
    }

    /** There a mapped file can vanish under its readers, and its pages are slow to come. */
    private static boolean isOverANetwork(Path folder) {
        for (Path path = folder.toAbsolutePath(); path != null; path = path.getParent()) {
            if (Files.exists(path)) {
                try {
                    return isOverANetwork(Files.getFileStore(path));
                } catch (IOException e) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isOverANetwork(FileStore store) {
        String type = store.type().toLowerCase(Locale.ROOT);
        return OVER_A_NETWORK.stream().anyMatch(type::startsWith);
    }

    /**
     * Makes the folder, for this user alone; one that is there already is left as it is.
     *
     * @throws IOException if it cannot be made, is not this user's, or others may write to it
     */
    static void prepare(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } catch (FileAlreadyExistsException e) {
                // by another process, a moment ago
            }
        }
        PosixFileAttributes state = attributes(folder);
        if (!state.isDirectory() || !isMine(folder)) {
            throw new IOException(folder + " is not a folder of this user");
        }
        if (state.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || state.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException("others may write to " + folder);
        }
    }

    /** Whether this is a file that none but this user can have written. */
    static boolean isTrusted(Path file) throws IOException {
        PosixFileAttributes state = attributes(file);
        return state.isRegularFile() && isPrivate(state) && isMine(file);
    }

    private static PosixFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isPrivate(PosixFileAttributes state) {
        Set<PosixFilePermission> others = EnumSet.of(
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.GROUP_WRITE,
                PosixFilePermission.GROUP_EXECUTE,
                PosixFilePermission.OTHERS_READ,
                PosixFilePermission.OTHERS_WRITE,
                PosixFilePermission.OTHERS_EXECUTE);
        others.retainAll(state.permissions());
        return others.isEmpty();
    }

    private static boolean isMine(Path path) throws IOException {
        return uid(path).equals(uid(SELF.toRealPath()));
    }

    private static Object uid(Path path) throws IOException {
        return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }
}
