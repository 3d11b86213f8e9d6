package org.aevo.data.hdf5;

import static org.bytedeco.hdf5.global.hdf5.H5D_VIRTUAL;
import static org.bytedeco.hdf5.global.hdf5.H5Fget_name;
import static org.bytedeco.hdf5.global.hdf5.H5I_DATASET;
import static org.bytedeco.hdf5.global.hdf5.H5I_GROUP;
import static org.bytedeco.hdf5.global.hdf5.H5Iget_type;
import static org.bytedeco.hdf5.global.hdf5.H5Lget_name_by_idx;
import static org.bytedeco.hdf5.global.hdf5.H5Oexists_by_name;
import static org.bytedeco.hdf5.global.hdf5.H5Oopen;
import static org.bytedeco.hdf5.global.hdf5.H5P_DEFAULT;
import static org.bytedeco.hdf5.global.hdf5.H5Pget_external;
import static org.bytedeco.hdf5.global.hdf5.H5Pget_external_count;
import static org.bytedeco.hdf5.global.hdf5.H5Pget_layout;
import static org.bytedeco.hdf5.global.hdf5.H5Pget_virtual_count;
import static org.bytedeco.hdf5.global.hdf5.H5Pget_virtual_dsetname;
import static org.bytedeco.hdf5.global.hdf5.H5Pget_virtual_filename;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/** Where an array and its values are: links, virtual arrays, external storage. */
final class Places {
    private static final int MAX_NAMES = 10;
    private static final int LONGEST = 4096;
    private static final int MOST_SOURCES = 100_000;

    private Places() {}

    /**
     * The array of this name; links are followed, into other files too.
     *
     * @throws Hdf5Exception if there is none
     */
    static Handle open(Handle file, String name) {
        long id = name.isBlank() ? -1 : H5Oopen(file.id(), Library.name(name), H5P_DEFAULT);
        if (id < 0) {
            String reason = name.isBlank() ? "it has no name" : Library.reason();
            throw new Hdf5Exception("is not there (" + reason + "); at its top the file has: " + names(file));
        }
        Handle object = new Handle(id, "cannot be opened");
        int kind = H5Iget_type(id);
        if (kind != H5I_DATASET) {
            object.close();
            throw new Hdf5Exception("is a " + (kind == H5I_GROUP ? "group" : "data type") + ", expected an array");
        }
        return object;
    }

    private static String names(Handle file) {
        List<String> names = new ArrayList<>();
        BytePointer top = Library.name("/");
        byte[] name = new byte[LONGEST];
        for (int i = 0; i <= MAX_NAMES; i++) {
            long length = H5Lget_name_by_idx(file.id(), top, 0, 0, i, name, name.length, H5P_DEFAULT);
            if (length < 0) {
                break;
            }
            names.add(i == MAX_NAMES ? "..." : text(name));
        }
        return names.isEmpty() ? "nothing" : String.join(", ", names);
    }

    private static String text(byte[] terminated) {
        int end = 0;
        while (end < terminated.length && terminated[end] != 0) {
            end++;
        }
        return new String(terminated, 0, end, StandardCharsets.UTF_8);
    }

    /**
     * The other files that hold values of an array, or the array itself.
     *
     * @param creation its properties
     * @param path of the file that was opened
     * @throws Hdf5Exception if one of a virtual array is missing: the library would give its fill value instead
     */
    static List<String> otherFiles(long array, long creation, String path) {
        Set<String> files = new LinkedHashSet<>();
        byte[] name = new byte[LONGEST];
        String own = H5Fget_name(array, name, name.length) < 0 ? path : text(name);
        if (!own.equals(path)) {
            files.add(own);
        }
        int external = H5Pget_external_count(creation);
        for (int i = 0; i < external; i++) {
            if (H5Pget_external(creation, i, name.length, name, new SizeTPointer(1), new long[1]) >= 0) {
                files.add(text(name));
            }
        }
        if (H5Pget_layout(creation) == H5D_VIRTUAL) {
            sources(creation, own, files);
        }
        return List.copyOf(files);
    }

    private static void sources(long creation, String own, Set<String> files) {
        try (SizeTPointer count = new SizeTPointer(1)) {
            if (H5Pget_virtual_count(creation, count) < 0 || count.get() > MOST_SOURCES) {
                throw new Hdf5Exception("its sources cannot be read");
            }
            byte[] name = new byte[LONGEST];
            Set<String> seen = new LinkedHashSet<>();
            for (long i = 0; i < count.get(); i++) {
                H5Pget_virtual_filename(creation, i, name, name.length);
                String file = text(name);
                H5Pget_virtual_dsetname(creation, i, name, name.length);
                String array = text(name);
                // a pattern stands for any number of files, also for none
                if (seen.add(file + '\0' + array) && !file.contains("%") && !array.contains("%")) {
                    String found = file.equals(".") ? own : source(own, file);
                    mustHold(found, array);
                    if (!file.equals(".")) {
                        files.add(found);
                    }
                }
            }
        }
    }

    /** Where the library looks for it. */
    private static String source(String own, String file) {
        try {
            Optional<Path> prefix = Optional.ofNullable(System.getenv("HDF5_VDS_PREFIX"))
                    .filter(value -> !value.isBlank() && !value.contains("$"))
                    .map(value -> Path.of(value).resolve(file));
            return Stream.concat(prefix.stream(), Stream.of(Path.of(own).resolveSibling(file), Path.of(file)))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow(() -> new Hdf5Exception("is virtual, and its source " + file + " is not there"))
                    .toString();
        } catch (InvalidPathException e) {
            throw new Hdf5Exception("is virtual, and its source " + file + " is no file name", e);
        }
    }

    private static void mustHold(String path, String array) {
        try (Handle file = Library.file(path)) {
            if (H5Oexists_by_name(file.id(), Library.name(array), H5P_DEFAULT) <= 0) {
                throw new Hdf5Exception("is virtual, and its source " + path + " has no " + array);
            }
        }
    }
}
