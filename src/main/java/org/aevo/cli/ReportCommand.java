package org.aevo.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.aevo.config.InputException;
import org.aevo.record.RunData;
import org.aevo.record.RunReader;
import org.aevo.report.Report;
import org.aevo.report.ReportFiles;
import org.aevo.report.run.RunSections;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Figures, tables and a page about runs. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Writes CSV tables, PNG and SVG figures and one self-contained page about runs.")
final class ReportCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "DIR",
            description = "A run directory, a run.h5, or a directory that holds run directories.")
    private List<Path> places;

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "OUT",
            description = "Directory to write: a new one, an empty one, or that of a former report.")
    private Path output;

    @Override
    public Integer call() throws IOException {
        ReportFiles files;
        try {
            files = ReportFiles.into(output);
        } catch (ReportFiles.OccupiedException e) {
            throw new InputException("-o " + e.getMessage(), e);
        }
        RunData run = RunReader.read(places.get(0));
        Report report = new Report(run.about().name(), "lead", "aevo " + Build.version(), RunSections.of(run));
        files.write(report, name -> {});
        System.out.println(output.resolve(ReportFiles.PAGE));
        return ExitCode.DONE;
    }
}
