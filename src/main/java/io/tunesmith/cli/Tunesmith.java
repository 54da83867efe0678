package io.tunesmith.cli;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import java.util.Arrays;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine;

/** The program {@code tunesmith}. */
@Command(
        name = "tunesmith",
        mixinStandardHelpOptions = true,
        version = "tunesmith 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        description = "From a sentence to a tested model.",
        subcommands = {
            RunCommand.class, PlanCommand.class, BatchCommand.class, AnswerCommand.class, RunsCommand.class, ShowCommand.class, WatchCommand.class, PauseCommand.class, ResumeCommand.class, ExtendCommand.class, CancelCommand.class, LogsCommand.class, PredictCommand.class, AuditCommand.class, BackendCommand.class,
            DoctorCommand.class, ServeCommand.class, StopCommand.class, McpCommand.class, KeyCommand.class, BackupCommand.class, RestoreCommand.class
        },
        footer = {"", "Start with:", "  tunesmith run \"Predict the species of a penguin.\" --data eval/examples/penguins.csv",
            "Lend this machine to a service elsewhere: tunesmith agent --help.", "Measure: tunesmith bench --help. Tests (for developers): ./tunesmith test"})
public final class Tunesmith {
    private Tunesmith() {}

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs one command and returns its exit code. */
    static int execute(String... arguments) {
        boolean json = Arrays.asList(arguments).contains("--json");
        CommandLine line = new CommandLine(new Tunesmith(), CommandLine.defaultFactory());
        line.setParameterExceptionHandler((e, _) -> usage(e, json));
        line.setExecutionExceptionHandler((e, _, _) -> {
            Failure failure = e instanceof FailureException known ? known.failure() : unexpected(e);
            return Errors.print(failure, json);
        });
        if (arguments.length == 0) {
            line.usage(System.out);
            return ExitCode.OK;
        }
        return line.execute(arguments);
    }

    private static int usage(ParameterException e, boolean json) {
        String hint = "tunesmith " + (e.getCommandLine().getParent() == null ? "" : e.getCommandLine().getCommandName() + " ") + "--help says what is allowed";
        String message = e.getMessage().lines().findFirst().orElse("the command line cannot be read");
        Errors.print(Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "arguments", message).hint(hint), json);
        return ExitCode.USAGE;
    }

    private static Failure unexpected(Exception e) {
        String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new Failure.Defect("something went wrong inside tunesmith: " + what.lines().findFirst().orElse(""));
    }
}
