package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tunesmith.api.rest.BatchLineView;
import io.tunesmith.api.rest.ErrorView;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs the requests of a batch that have not ended, some at once, in their order, and writes what each comes to. A request that waits for the service to have
 * room, or to be there again, keeps its key. Thread-safe: each of its threads takes the next request.
 */
final class BatchRun {
    private static final Set<String> ENDS = Set.of("succeeded", "failed", "cancelled", "budget_exhausted");
    private static final Set<FailureCode> FOR_NOW = Set.of(FailureCode.RATE_LIMITED, FailureCode.STORE_UNAVAILABLE, FailureCode.NOT_LEADER, FailureCode.IDEMPOTENCY_CONFLICT);
    private static final long LOOK_MILLIS = 500;
    private static final long AGAIN_MILLIS = 2000;
    private static final int MOST_LOST = 30;
    private final Client client;
    private final BatchResults results;
    private final BatchBudget budget;
    private final BatchProgress progress;
    private final Map<String, String> datasets = new ConcurrentHashMap<>();
    private final AtomicReference<RuntimeException> broken = new AtomicReference<>();

    BatchRun(Client client, BatchResults results, BatchBudget budget, BatchProgress progress) {
        this.client = client;
        this.results = results;
        this.budget = budget;
        this.progress = progress;
    }

    void all(List<BatchItem> items, int atOnce) throws InterruptedException {
        ConcurrentLinkedQueue<BatchItem> waiting = new ConcurrentLinkedQueue<>(items);
        List<Thread> threads = java.util.stream.IntStream.range(0, Math.min(atOnce, items.size())).mapToObj(_ -> Thread.ofVirtual().start(() -> work(waiting))).toList();
        for (Thread thread : threads) {
            thread.join();
        }
        if (broken.get() != null) {
            throw broken.get();
        }
    }

    private void work(ConcurrentLinkedQueue<BatchItem> waiting) {
        try {
            for (BatchItem item = waiting.poll(); item != null && broken.get() == null; item = waiting.poll()) {
                BatchLineView line = line(item);
                results.add(line);
                progress.done(line);
            }
        } catch (RuntimeException e) {
            broken.compareAndSet(null, e);
        }
    }

    private BatchLineView line(BatchItem item) {
        if (!budget.take(item.cost())) {
            return new BatchLineView(item.id(), item.customId(), Optional.empty(), Optional.of(new BatchLineView.Refusal("budget_exceeded",
                    "this request may take " + item.cost() + " seconds, and that is more than is left of --max-minutes")));
        }
        double used = 0;
        try {
            JsonNode run = ended(started(item));
            used = run.path("result").path("seconds").asDouble(run.path("progress").path("seconds").asDouble(0));
            return ended(item, run);
        } catch (FailureException e) {
            return refused(item, e.failure());
        } finally {
            budget.spent(item.cost(), used);
        }
    }

    private String started(BatchItem item) {
        String dataset = patient(() -> datasets.computeIfAbsent(item.data(), _ -> dataset(item)));
        return patient(() -> client.post("/api/v1/runs", item.body(dataset), item.key(results.batch()))).path("id").asText();
    }

    private String dataset(BatchItem item) {
        if (item.file().isPresent()) {
            return client.upload(item.file().get()).path("id").asText();
        }
        return item.data().startsWith("ds_") ? item.data() : client.post("/api/v1/datasets", Json.MAPPER.createObjectNode().put("ref", item.data())).path("id").asText();
    }

    private JsonNode ended(String run) {
        JsonNode view = patient(() -> client.get("/api/v1/runs/" + run));
        while (!ENDS.contains(view.path("status").asText())) {
            pause(LOOK_MILLIS);
            view = patient(() -> client.get("/api/v1/runs/" + run));
        }
        return view;
    }

    private static BatchLineView ended(BatchItem item, JsonNode run) {
        boolean good = run.path("status").asText().equals("succeeded");
        ObjectNode body = good ? run.path("result").deepCopy() : Json.MAPPER.createObjectNode();
        body.put("run_id", run.path("id").asText()).put("status", run.path("status").asText());
        if (!good) {
            body.set("error", run.path("error"));
        }
        return answered(item, good ? 200 : run.path("status").asText().equals("cancelled") ? 409 : 422, body);
    }

    private static BatchLineView answered(BatchItem item, int status, JsonNode body) {
        return new BatchLineView(item.id(), item.customId(), Optional.of(new BatchLineView.Answer(status, item.id().replaceFirst("^batch_req_", "req_"), body)), Optional.empty());
    }

    private BatchLineView refused(BatchItem item, Failure failure) {
        if (failure.code() == FailureCode.SERVER_UNREACHABLE || failure.code() == FailureCode.INVALID_API_KEY || FOR_NOW.contains(failure.code())) {
            throw failure.asException();
        }
        int status = io.tunesmith.api.rest.Problem.of(failure).status();
        return answered(item, status, Json.MAPPER.createObjectNode().set("error", io.tunesmith.api.rest.WireJson.MAPPER.valueToTree(ErrorView.of(failure))));
    }

    private interface Call<T> {
        T make();
    }

    /** Makes the call again while the service has no room for it or is away, for a minute at most where it is away. */
    private <T> T patient(Call<T> call) {
        int lost = 0;
        while (true) {
            try {
                return call.make();
            } catch (FailureException e) {
                FailureCode code = e.failure().code();
                lost += code == FailureCode.SERVER_UNREACHABLE ? 1 : 0;
                if (!FOR_NOW.contains(code) && code != FailureCode.SERVER_UNREACHABLE || lost > MOST_LOST || broken.get() != null) {
                    throw e;
                }
                pause(AGAIN_MILLIS);
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure.Exhausted(FailureCode.SERVER_UNREACHABLE, "interrupted").asException();
        }
    }

}
