package io.tunesmith.api.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tunesmith.contract.Resources;
import io.tunesmith.core.Ids;
import io.tunesmith.dispatch.Backends;
import io.tunesmith.dispatch.Dispatcher;
import io.tunesmith.dispatch.JobRef;
import io.tunesmith.dispatch.Probe;
import io.tunesmith.dispatch.Room;
import io.tunesmith.dispatch.TrainingBackend;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Where training runs: the backends, and a probe of each. */
@Path("/api/v1/backends")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class BackendResource {
    private static final Resources LITTLE = new Resources(0, 1L << 30, 60, 1);
    private final Backends backends;
    private final Dispatcher dispatcher;
    private final Probe probe;
    private final Ids ids;

    public BackendResource(Backends backends, Dispatcher dispatcher, Probe probe, Ids ids) {
        this.backends = backends;
        this.dispatcher = dispatcher;
        this.probe = probe;
        this.ids = ids;
    }

    /**
     * A backend.
     *
     * @param jobs that it holds now
     * @param waits why nothing can start on it now; absent if something can
     */
    public record BackendView(String name, int slots, int gpus, long jobs, Optional<String> waits) {}

    /** What a probe found. */
    public record ProbeView(String name, boolean ok, List<Probe.Finding> findings) {}

    @GET
    @Operation(operationId = "listBackends", summary = "Where training runs")
    public Page<BackendView> all() {
        List<JobRef> jobs = dispatcher.jobs();
        return new Page<>(backends.all().stream().map(backend -> view(backend, jobs)).toList());
    }

    @POST
    @Path("{name}/test")
    @Operation(operationId = "testBackend", summary = "Runs two tiny attempts there; takes a few seconds")
    public ProbeView test(@PathParam("name") String name) {
        List<Probe.Finding> findings = probe.run(name, ids.next(""));
        return new ProbeView(name, findings.stream().allMatch(Probe.Finding::ok), findings);
    }

    private static BackendView view(TrainingBackend backend, List<JobRef> jobs) {
        String name = backend.describe().name();
        Optional<String> waits = switch (backend.room(LITTLE, 0)) {
            case Room.Free() -> Optional.empty();
            case Room.Waits(String why) -> Optional.of(why);
            case Room.Never(String why) -> Optional.of(why);
        };
        return new BackendView(name, backend.describe().slots(), backend.describe().gpuSlots(), jobs.stream().filter(job -> job.backend().equals(name)).count(), waits);
    }
}
