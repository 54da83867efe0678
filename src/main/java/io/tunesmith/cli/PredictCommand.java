package io.tunesmith.cli;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tunesmith predict}: applies a model folder to new data, in a child process, without the service. */
@Command(name = "predict", mixinStandardHelpOptions = true, description = "Applies a model to new data: one row out for each row in, in order.")
final class PredictCommand implements Callable<Integer> {
    @Option(names = "--model", required = true, paramLabel = "DIR", description = "The model folder of a run.")
    private Path model;

    @Option(names = "--data", required = true, paramLabel = "FILE", description = "The new rows: .csv, .tsv, .txt, .parquet.")
    private Path data;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The predictions, as CSV.")
    private Path out;

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), "io.tunesmith.trainer.PredictMain", "--model", model.toString(), "--data", data.toString(), "--out", out.toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(List.of("PATH", "LANG", "TMPDIR", "LD_LIBRARY_PATH"));
        builder.environment().put("OMP_WAIT_POLICY", "passive");
        Process child = builder.start();
        String answer = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return answer(child.waitFor(), answer);
    }

    private int answer(int exit, String answer) throws IOException {
        String last = answer.lines().reduce((_, line) -> line).orElse("");
        if (exit == 0) {
            System.out.println(common.json() ? (last.startsWith("{") ? last : Json.MAPPER.createObjectNode().put("out", out.toString()).toString()) : "predictions are in " + out);
            if (!common.json() && last.startsWith("{")) {
                Json.MAPPER.readTree(last).path("notes").forEach(note -> System.err.println("note: " + Terminal.safe(note.asText())));
            }
            return ExitCode.OK;
        }
        if (!last.startsWith("{\"error\"")) {
            throw new Failure.Exhausted(FailureCode.INTERNAL, "the prediction process ended with exit code " + exit).asException();
        }
        return Errors.print(Errors.read(Json.MAPPER.readTree(last).path("error")), common.json());
    }
}
