package org.aevo.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Programs that are not ours and read our files. A test that needs one which is missing is skipped, and says so. */
public final class Outside {
    /** Debian's, which has python3-h5py and python3-pandas; another may come first on the path. */
    private static final String PYTHON = "/usr/bin/python3";

    private Outside() {}

    /** What h5py finds in a file, by name: every dataset, attribute, shape and type. */
    static Map<String, List<String>> h5py(Path file) throws Exception {
        need("python3-h5py and python3-pandas", PYTHON, "-c", "import h5py, pandas");
        Path script = file.resolveSibling("dump_run.py");
        try (InputStream in = Outside.class.getResourceAsStream("dump_run.py")) {
            Files.write(script, in.readAllBytes());
        }
        Path out = file.resolveSibling("dump.txt");
        run(PYTHON, script.toString(), file.toString(), out.toString());
        Map<String, List<String>> found = new TreeMap<>();
        for (String line : Files.readAllLines(out)) {
            List<String> values = new ArrayList<>();
            for (String hex : line.split(",", -1)) {
                values.add(new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8));
            }
            found.put(values.get(0), values.subList(1, values.size() - 1));
        }
        return found;
    }

    /** What a Python program prints. */
    public static String python(String program, String... arguments) throws Exception {
        need("python3-h5py and python3-pandas", PYTHON, "-c", "import h5py, pandas");
        List<String> command = new ArrayList<>(List.of(PYTHON, "-c", program));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    /** What Graphviz makes of a graph. */
    public static String graphviz(String dot, String format) throws Exception {
        need("graphviz", "dot", "-V");
        Path file = Files.createTempFile("graph", ".dot");
        try {
            Files.writeString(file, dot);
            return run("dot", format, file.toString());
        } finally {
            Files.delete(file);
        }
    }

    /** How a Python script of the project ends that needs h5py and numpy, and what it prints. */
    public static Result script(String path, String... arguments) throws Exception {
        need("python3-h5py", PYTHON, "-c", "import h5py");
        List<String> command = new ArrayList<>(List.of(PYTHON, path));
        command.addAll(List.of(arguments));
        return start(command.toArray(String[]::new));
    }

    /** What a Python program prints that may import scikit-learn and scikit-image. */
    public static String scikit(String program, String... arguments) throws Exception {
        need(
                "python3-sklearn and python3-skimage",
                PYTHON,
                "-c",
                "from importlib.util import find_spec as f; exit(not (f('sklearn') and f('skimage')))");
        List<String> command = new ArrayList<>(List.of(PYTHON, "-c", program));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    /** What a Python program prints that may import PyTorch. */
    public static String pytorch(String program, String... arguments) throws Exception {
        need("python3-torch", PYTHON, "-c", "from importlib.util import find_spec as f; exit(not f('torch'))");
        List<String> command = new ArrayList<>(List.of(PYTHON, "-c", program));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    /** What a Python program prints that may import DEAP. */
    public static String deap(String program, String... arguments) throws Exception {
        need("python3-deap", PYTHON, "-c", "from importlib.util import find_spec as f; exit(not f('deap'))");
        List<String> command = new ArrayList<>(List.of(PYTHON, "-c", program));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    /** What a Python program prints that may import xarray, h5netcdf and netCDF4. */
    static String netcdf(String program, String... arguments) throws Exception {
        need(
                "python3-netcdf4 python3-xarray python3-h5netcdf",
                PYTHON,
                "-c",
                "from importlib.util import find_spec as f; exit(not all(map(f, ['netCDF4', 'xarray', 'h5netcdf'])))");
        List<String> command = new ArrayList<>(List.of(PYTHON, "-c", program));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    /** What an Octave program prints. */
    static String octave(String program) throws Exception {
        need("octave", "octave-cli", "--version");
        return run("octave-cli", "-qfH", "--eval", program);
    }

    /** What an R program prints that may use hdf5r. */
    static String hdf5r(String program, String... arguments) throws Exception {
        need("r-cran-hdf5r", "Rscript", "-e", "stopifnot(nzchar(system.file(package = 'hdf5r')))");
        List<String> command = new ArrayList<>(List.of("Rscript", "-e", program));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    static String h5dump(String... arguments) throws Exception {
        return hdf5("h5dump", arguments);
    }

    /** What a tool of the HDF5 library prints. */
    static String hdf5(String tool, String... arguments) throws Exception {
        need("hdf5-tools", tool, "--version");
        List<String> command = new ArrayList<>(List.of(tool));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private static void need(String packages, String... command) throws Exception {
        boolean there;
        try {
            there = start(command).exit() == 0;
        } catch (IOException e) {
            there = false;
        }
        if (!there) {
            System.err.println("SKIPPED: what is checked from outside; apt-get install " + packages);
        }
        assumeTrue(there, "not checked from outside: apt-get install " + packages);
    }

    private static String run(String... command) throws Exception {
        Result result = start(command);
        assertEquals(0, result.exit(), String.join(" ", command) + ": " + result.output());
        return result.output();
    }

    /** How a program ended and what it printed. */
    public record Result(int exit, String output) {}

    private static Result start(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Result(process.waitFor(), output);
    }
}
