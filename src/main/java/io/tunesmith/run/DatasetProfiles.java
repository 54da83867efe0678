package io.tunesmith.run;

import io.tunesmith.contract.Operation;
import io.tunesmith.contract.ProfileOptions;
import io.tunesmith.core.DatasetId;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.RunId;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.data.Profile;
import io.tunesmith.dispatch.Dispatcher;
import io.tunesmith.dispatch.Leadership;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks into data sets, each in a process of its own and once: what was found is kept. Whoever asks while another's question is under way waits for that
 * answer. Only the leading service has processes; the others tell what is kept. Thread-safe.
 */
public final class DatasetProfiles {
    static final double LIMIT_SECONDS = 600;
    private final DatasetStore store;
    private final Dispatcher dispatcher;
    private final Leadership leadership;
    private final Folders folders;
    private final String callback;
    private final long memoryBytes;
    private final Map<DatasetId, CompletableFuture<Profile>> underWay = new ConcurrentHashMap<>();

    /**
     * @param root folder for the processes' files
     * @param callback where workers report: the service's attempts address, without a slash at its end
     */
    public DatasetProfiles(DatasetStore store, Dispatcher dispatcher, Leadership leadership, Path root, String callback, long memoryBytes) {
        this.store = store;
        this.dispatcher = dispatcher;
        this.leadership = leadership;
        this.folders = new Folders(root);
        this.callback = callback;
        this.memoryBytes = memoryBytes;
    }

    Profile of(DatasetRef data) {
        return store.profile(data.id()).orElseGet(() -> found(data));
    }

    private Profile found(DatasetRef data) {
        if (!leadership.leads()) {
            String where = leadership.leader().map(url -> ": the service at " + url + " leads").orElse("");
            throw new Failure.Transient(FailureCode.NOT_LEADER, "this service does not lead and looks into no data" + where, Duration.ofSeconds(2)).asException();
        }
        CompletableFuture<Profile> mine = new CompletableFuture<>();
        CompletableFuture<Profile> first = Optional.ofNullable(underWay.putIfAbsent(data.id(), mine)).orElse(mine);
        if (first == mine) {
            look(data, mine);
        }
        try {
            return first.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void look(DatasetRef data, CompletableFuture<Profile> answer) {
        try {
            answer.complete(store.profile(data.id()).orElseGet(() -> computed(data)));
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        } finally {
            underWay.remove(data.id());
        }
    }

    private Profile computed(DatasetRef data) {
        Attempts attempts = new Attempts(likeARun(data.id()), folders, dispatcher, 1, memoryBytes, callback);
        try {
            Profile profile = attempts.result(job(data, store.file(data.id()))).read("profile", Profile.class);
            store.keepProfile(data.id(), profile);
            return profile;
        } finally {
            attempts.release();
        }
    }

    static Job job(DatasetRef data, Path file) {
        return Job.of("profile", Operation.PROFILE, 0, Map.of("data", file), new ProfileOptions(data.format().wire()), LIMIT_SECONDS);
    }

    /** Attempts are named after runs: those at a data set itself after the run of the same 26 characters, which no run has, since they are drawn for each. */
    private static RunId likeARun(DatasetId id) {
        return new RunId("run_" + id.value().substring("ds_".length()));
    }
}
