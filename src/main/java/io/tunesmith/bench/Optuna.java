package io.tunesmith.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The peer: Optuna's processes on a study in PostgreSQL. Its Python environment is made once, in the user's cache.
 *
 * @param url SQLAlchemy's, of a database that is made if it is not there
 */
record Optuna(Path python, Path script, String url, String study, Path log) {

    static Path environment() throws IOException, InterruptedException {
        Path cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME")).filter(name -> !name.isBlank()).map(Path::of).orElse(Path.of(System.getProperty("user.home"), ".cache"));
        Path home = cache.resolve("tunesmith/bench-optuna");
        Path python = home.resolve("bin/python");
        if (Files.exists(home.resolve("made"))) {
            return python;
        }
        System.err.println("making a Python environment with Optuna in " + home + " (once)");
        Files.createDirectories(home.getParent());
        run(List.of("python3", "-m", "venv", home.toString()), ProcessBuilder.Redirect.INHERIT);
        run(List.of(python.toString(), "-m", "pip", "install", "-q", "optuna", "psycopg2-binary"), ProcessBuilder.Redirect.INHERIT);
        Files.createFile(home.resolve("made"));
        return python;
    }

    void make() throws IOException, InterruptedException {
        run(command("make"), ProcessBuilder.Redirect.appendTo(log.toFile()));
    }

    JsonNode count() throws IOException, InterruptedException {
        return ServiceCalls.JSON.readTree(run(command("count"), ProcessBuilder.Redirect.appendTo(log.toFile())));
    }

    /** One worker, until so many trials have completed. */
    Process work(int trials) throws IOException {
        List<String> command = command("work");
        command.add(Integer.toString(trials));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("OMP_NUM_THREADS", "1");
        return builder.start();
    }

    private List<String> command(String what) {
        return new ArrayList<>(List.of(python.toString(), script.toString(), what, url, study));
    }

    private static String run(List<String> command, ProcessBuilder.Redirect errors) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectError(errors).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command.subList(0, 3)) + " ended with " + process.exitValue());
        }
        return out;
    }
}
