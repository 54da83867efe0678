package io.tunesmith.agent;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.agent.JobReport;
import io.tunesmith.contract.agent.Lease;
import io.tunesmith.contract.agent.Orders;
import io.tunesmith.dispatch.AttemptView.Cause;
import io.tunesmith.dispatch.JobRef;
import io.tunesmith.dispatch.TrainingBackend;
import io.tunesmith.dispatch.Unreachable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** All attempts on this machine. Orders come from one thread; thread-safe: a concurrent map, one virtual thread an attempt. */
final class Attempts {
    private final AgentFolder folder;
    private final TrainingBackend backend;
    private final Link link;
    private final Inputs inputs;
    private final Story story;
    private final Map<AttemptKey, Held> held = new ConcurrentHashMap<>();
    private final List<AttemptKey> leaving = new ArrayList<>();
    private final AtomicReference<CompletableFuture<Void>> change = new AtomicReference<>(new CompletableFuture<>());

    Attempts(AgentFolder folder, TrainingBackend backend, Link link, Story story) {
        this.folder = folder;
        this.backend = backend;
        this.link = link;
        this.inputs = new Inputs(link, folder.cache());
        this.story = story;
    }

    /** Goes on with what an earlier process of this agent took. */
    void resume() throws IOException {
        for (Path left : folder.left()) {
            Optional<Lease> lease = Held.kept(left);
            if (lease.isPresent()) {
                take(lease.get());
            } else {
                AgentFolder.delete(left);
            }
        }
    }

    List<JobReport> report() {
        return held.values().stream().map(Held::report).toList();
    }

    boolean allEnded() {
        return held.values().stream().allMatch(Held::ended);
    }

    int running() {
        return (int) held.values().stream().filter(one -> !one.ended()).count();
    }

    /** Completes at the next change of what {@link #report} says. Ask before reporting. */
    CompletableFuture<Void> change() {
        return change.get();
    }

    private void changed() {
        change.getAndSet(new CompletableFuture<>()).complete(null);
    }

    void follow(Orders orders) {
        orders.start().forEach(this::start);
        orders.stop().forEach(stop -> Optional.ofNullable(held.get(stop.key())).ifPresent(one -> one.stop(Cause.CANCELLED, Duration.ofMillis((long) (stop.graceSeconds() * 1000)))));
        orders.forget().forEach(key -> Optional.ofNullable(held.get(key)).ifPresent(one -> {
            one.abandon();
            leaving.add(key);
        }));
        orders.release().forEach(backend::release);
        leaving.removeIf(this::forgotten);
    }

    private void start(Lease lease) {
        AttemptKey key = lease.spec().attempt();
        if (held.containsKey(key)) {
            return;
        }
        try {
            Held.keep(lease, folder.attempt(key));
            take(lease);
        } catch (IOException e) {
            story.tell(key + " cannot be taken: " + e.getMessage());
        }
    }

    private void take(Lease lease) {
        Held one = new Held(lease, folder.attempt(lease.spec().attempt()), backend, link, inputs, story);
        held.put(one.key(), one);
        Thread.ofVirtual().name(one.key().value()).start(() -> {
            one.walk();
            changed();
        });
    }

    /** Deletes what is left of an attempt that the service forgot, once its process is gone. */
    private boolean forgotten(AttemptKey key) {
        Held one = held.get(key);
        if (one == null) {
            return true;
        }
        if (!one.ended()) {
            return false;
        }
        try {
            for (JobRef job : backend.find(key)) {
                backend.forget(job);
            }
            AgentFolder.delete(folder.attempt(key));
            held.remove(key);
            return true;
        } catch (IOException | Unreachable e) {
            story.tell("what is left of " + key + " stays for now: " + e.getMessage());
            return false;
        }
    }

    void serverIs(String server) {
        held.values().stream().filter(one -> !one.ended()).forEach(one -> one.serverIs(server));
    }

    /** Ends all that runs. */
    void leave(Duration grace) {
        held.values().stream().filter(one -> !one.ended()).forEach(one -> one.stop(Cause.PREEMPTED, grace));
        changed();
    }
}
