package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Copies of a file in which somebody changed something, and who then set the checksum right. */
final class ChangedHdf5 {
    private ChangedHdf5() {}

    /** Where a copy is, by the number of its change. */
    static Path place(Path file, int number) {
        return file.resolveSibling("changed-" + number + ".h5");
    }

    /**
     * Makes one copy for each change.
     *
     * @param changes statements of Python: {@code f} is the file, {@code np} numpy
     */
    static void changed(Path file, Collection<String> changes) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(file.toString(), file.getParent() + "/changed-%d.h5"));
        arguments.addAll(changes);
        Outside.python(
                "import sys, shutil\n" + checksum()
                        + """

                for i, change in enumerate(sys.argv[3:]):
                    shutil.copy(sys.argv[1], sys.argv[2] % i)
                    with h5py.File(sys.argv[2] % i, "r+") as f:
                        exec(change)
                        f.attrs["content_crc32"] = np.int64(content_crc32(f))
                """,
                arguments.toArray(String[]::new));
    }

    /** The function that the document gives to readers. */
    private static String checksum() throws Exception {
        Matcher example = Pattern.compile("```python\n(import h5py[^`]*?def content_crc32.*?)\nwith ", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs", "hdf5.md")));
        assertTrue(example.find());
        return example.group(1);
    }
}
