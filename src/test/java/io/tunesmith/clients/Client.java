package io.tunesmith.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Scripts under {@code src/test/clients} that drive the service with the clients that people use. Where npm or Python is not there, tests that need it are
 * skipped, and the test command says so at its end.
 */
public final class Client {
    private static final Path SCRIPTS = Path.of("src/test/clients").toAbsolutePath();
    private static final int LIMIT_SECONDS = 300;
    private static final Path CACHE = installed();

    private Client() {}

    /** How a script ended. */
    public record Outcome(int exit, String out, String err) {

        /** The script found all that it looked for. */
        public Outcome passed() {
            assertThat(exit).as(out + "\n" + err).isZero();
            return this;
        }
    }

    /** Runs a JavaScript module. */
    public static Outcome node(String script, Map<String, String> environment) throws Exception {
        assumeTrue(Files.isDirectory(CACHE.resolve("node_modules")), "the clients from npm are not here");
        // Modules are looked for beside the script: it runs where they are.
        Path copy = Files.createDirectories(CACHE.resolve("scripts-" + ProcessHandle.current().pid())).resolve(script);
        Files.copy(SCRIPTS.resolve(script), copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return run(List.of("node", copy.toString()), environment);
    }

    /** Runs a Python script. */
    public static Outcome python(String script, Map<String, String> environment) throws Exception {
        return run(List.of(pythonCommand("python"), SCRIPTS.resolve(script).toString()), environment);
    }

    /** A command of the Python environment, for example {@code schemathesis}. */
    public static String pythonCommand(String name) {
        Path command = CACHE.resolve("venv/bin").resolve(name);
        assumeTrue(Files.isExecutable(command), "the clients in Python are not here");
        return command.toString();
    }

    /** Runs any command; ends it after five minutes. */
    public static Outcome run(List<String> command, Map<String, String> environment) throws Exception {
        Path out = Files.createTempFile("client", ".out");
        Path err = Files.createTempFile("client", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(environment);
            builder.environment().put("NO_PROXY", "127.0.0.1,localhost");
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(command + " did not end:\n" + Files.readString(out) + "\n" + Files.readString(err));
            }
            return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        }
    }

    private static Path installed() {
        try {
            Process process = new ProcessBuilder("sh", SCRIPTS.resolve("install.sh").toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            process.getOutputStream().close();
            String folder = new String(process.getInputStream().readAllBytes()).strip();
            assertThat(process.waitFor()).isZero();
            return Path.of(folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
