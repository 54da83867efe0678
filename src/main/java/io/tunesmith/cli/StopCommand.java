package io.tunesmith.cli;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tunesmith stop}: ends the service of a data folder, and its PostgreSQL. */
@Command(name = "stop", mixinStandardHelpOptions = true, description = "Ends the service of a data folder and its PostgreSQL; unfinished runs go on when it starts again.")
final class StopCommand implements Callable<Integer> {
    private static final long LIMIT_SECONDS = 30;

    @Mixin
    private Common common = new Common();

    @Override
    public Integer call() {
        Optional<Client> client = Service.attach(common.dataDir());
        client.ifPresent(service -> {
            service.post("/api/v1/shutdown", Json.MAPPER.createObjectNode());
            ProcessHandle.of(service.pid()).ifPresent(process -> {
                try {
                    process.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
                } catch (TimeoutException | ExecutionException e) {
                    throw new Failure.Exhausted(FailureCode.SERVER_UNREACHABLE, "the service (process " + service.pid() + ") was asked to end and has not ended after " + LIMIT_SECONDS + " s").asException();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        });
        System.out.println(common.json() ? Json.MAPPER.createObjectNode().put("stopped", client.isPresent()) : client.isPresent() ? "stopped" : "no service runs for " + common.dataDir());
        return ExitCode.OK;
    }
}
