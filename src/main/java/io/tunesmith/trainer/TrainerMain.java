package io.tunesmith.trainer;

import io.tunesmith.contract.Operation;
import io.tunesmith.trainer.agent.AttemptAgent;
import io.tunesmith.trainer.agent.OperationHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * The trainer's process. {@code TrainerMain <attempt-folder>} works on one attempt and exits with its code. {@code TrainerMain --warm} first
 * loads all that training needs, prints {@code ready}, then takes attempt folders from standard input, one a line, prints
 * {@code done <attempt-key> <exit-code>} after each, and ends with its input.
 */
public final class TrainerMain {
    private static final int USAGE = 2;

    private TrainerMain() {}

    public static void main(String[] arguments) throws IOException {
        System.exit(run(arguments, TrainerHandlers.all()));
    }

    /** The same for any set of handlers: a main that also profiles and splits calls this. @return the process's exit code */
    public static int run(String[] arguments, Map<Operation, OperationHandler> handlers) throws IOException {
        if (arguments.length != 1) {
            System.err.println("usage: <attempt-folder> | --warm");
            return USAGE;
        }
        if (!arguments[0].equals("--warm")) {
            return AttemptAgent.run(Path.of(arguments[0]), handlers);
        }
        WarmUp.run();
        serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), System.out, handlers);
        return 0;
    }

    private static void serve(BufferedReader in, PrintStream out, Map<Operation, OperationHandler> handlers) throws IOException {
        out.println("ready");
        out.flush();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (!line.isBlank()) {
                Path folder = Path.of(line.strip());
                int code = AttemptAgent.run(folder, handlers);
                out.println("done " + AttemptAgent.keyOf(folder) + " " + code);
                out.flush();
            }
        }
    }
}
