package org.aevo.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;
import org.aevo.config.InputException;
import org.aevo.data.DataException;
import org.aevo.launch.LaunchException;
import org.aevo.yaml.Suggestion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Entry point: the top command, and how errors end. */
@Command(
        name = "aevo",
        description =
                "Evolves autoencoders and classifiers: a genetic algorithm on rank 0, training on every other rank.",
        version = {"aevo ${aevo.version}", "Java ${java.version} (${java.vm.name})"},
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        subcommands = {
            RunCommand.class,
            EvaluateCommand.class,
            EnsembleCommand.class,
            BenchCommand.class,
            ShowCommand.class,
            TrainCommand.class,
            ApplyCommand.class,
            PredictCommand.class,
            VerifyCommand.class,
            RecoverCommand.class,
            ReportCommand.class,
            DoctorCommand.class,
            WorkerCommand.class,
            CommandLine.HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed, or standard output takes no more",
            "2:wrong usage or input; nothing was started, nothing written",
            "3:stopped before the budget was spent; can be resumed",
            "129, 130, 143:stopped cleanly by SIGHUP, SIGINT or SIGTERM; can be resumed",
            "141:what reads standard output closed its pipe, as 'head' does"
        })
public final class Main {
    /** Shared by all commands. */
    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show stack traces and what libraries log.")
    private boolean verbose;

    private Main() {}

    public static void main(String[] args) {
        System.setProperty("aevo.version", Build.version());
        // figures are drawn into files: a display that leads nowhere does not matter
        System.setProperty("java.awt.headless", "true");
        for (String arg : args) {
            if (arg.equals("--verbose")) {
                // the logging backend reads this once, before anything logs
                System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
            }
        }
        int code = StandardOutput.settle(execute(args), args);
        System.err.flush();
        // Native libraries and links leave threads behind; what had to be closed is closed.
        Runtime.getRuntime().halt(code);
    }

    /** Runs one command line and gives its exit code. */
    static int execute(String... args) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        System.setOut(CleanStream.of(out));
        System.setErr(CleanStream.of(err));
        try {
            Charset charset = Charset.defaultCharset();
            return executeClean(new PrintWriter(out, true, charset), new PrintWriter(err, true, charset), args);
        } finally {
            System.out.flush();
            System.err.flush();
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** Help has colours, of this program's own. */
    private static int executeClean(PrintWriter out, PrintWriter err, String... args) {
        Main main = new Main();
        CommandLine line = new CommandLine(main)
                .setUsageHelpAutoWidth(true)
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((e, command, parsed) -> main.explain(e));
        EnumOptions.convert(line);
        line.setParameterExceptionHandler((e, arguments) -> {
            Optional<String> near = near(e);
            System.err.println("aevo: " + e.getMessage()
                    + near.map(n -> "; did you mean '" + n + "'?").orElse(""));
            if (near.isEmpty()) {
                CommandLine.UnmatchedArgumentException.printSuggestions(
                        e, e.getCommandLine().getErr());
            }
            System.err.println(
                    "'" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help' lists what there is");
            return ExitCode.USAGE;
        });
        if (args.length == 0) {
            line.usage(err);
            return ExitCode.USAGE;
        }
        return line.execute(args);
    }

    /** The command or option that a mistyped word probably meant. */
    private static Optional<String> near(CommandLine.ParameterException e) {
        if (!(e instanceof CommandLine.UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return Optional.empty();
        }
        String typed = unmatched.getUnmatched().get(0);
        CommandLine.Model.CommandSpec command = e.getCommandLine().getCommandSpec();
        return Suggestion.nearest(
                typed.replaceFirst("=.*", ""),
                typed.startsWith("-")
                        ? command.optionsMap().keySet()
                        : command.subcommands().entrySet().stream()
                                .filter(sub -> !sub.getValue()
                                        .getCommandSpec()
                                        .usageMessage()
                                        .hidden())
                                .map(Map.Entry::getKey)
                                .toList());
    }

    private int explain(Exception e) {
        if (verbose) {
            e.printStackTrace();
        }
        boolean input = e instanceof InputException;
        boolean expected = input
                || e instanceof CommandException
                || e instanceof LaunchException
                || e instanceof DataException
                || e instanceof IOException
                || e instanceof UncheckedIOException;
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        System.err.println("aevo: "
                + (expected ? message : "unexpected error: " + e + (verbose ? "" : " (--verbose shows where)")));
        return input ? ExitCode.USAGE : ExitCode.FAILED;
    }
}
