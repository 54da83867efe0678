package io.tunesmith.api.mcp;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import io.tunesmith.data.DatasetRef;
import io.tunesmith.data.Profile;
import io.tunesmith.task.Nearest;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Data: found, fetched, looked into. */
@Singleton
final class DataTools {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int LONGEST_REFERENCE = 2000;
    private final Background background;

    DataTools(Background background) {
        this.background = background;
    }

    Tool<Asked.Profile> profile() {
        return new Tool<>("profile_dataset", "Profile a data set",
                "Looks into a table before anything is trained: columns, types, missing cells, distinct values, what a careful analyst would mention first. Call it first for new data; use its dataset_id from then on. Reads only.",
                Tool.Hints.READS, Asked.Profile.class, Told.Profile.class, this::profile);
    }

    private Answer profile(Asked.Profile asked, Call call) {
        DatasetRef data = resolve(asked.data(), call, PATIENCE);
        call.tell("looking into the data");
        Profile profile = background.within("profile " + data.id(), PATIENCE, Profile.class, () -> call.datasets().profile(data.id())).orElseThrow(() -> later("the data are still being looked into"));
        asked.target().ifPresent(target -> known(target, profile));
        Told.Profile told = Views.profile(data, profile, asked.target(), asked.sampleRows().orElse(5L).intValue());
        return new Answer(told, words(told));
    }

    private static void known(String target, Profile profile) {
        if (profile.column(target).isEmpty()) {
            Failure.BadRequest refusal = Failure.BadRequest.of(FailureCode.TARGET_MISSING, "target", "there is no column " + Fence.word(target));
            throw Nearest.to(target, profile.columnNames()).map(near -> refusal.hint("did you mean " + Fence.word(near) + "?")).orElse(refusal).asException();
        }
    }

    /** The data that a client names; a transfer goes on where it takes longer than the call waits. */
    DatasetRef resolve(String reference, Call call, Duration patience) {
        String name = reference.strip();
        if (name.isEmpty() || name.length() > LONGEST_REFERENCE) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "data", "the reference has " + name.length() + " characters").allowed("1 to " + LONGEST_REFERENCE).asException();
        }
        return background.within("data " + call.caller().owner() + " " + name, patience, DatasetRef.class, () -> resolved(name, call)).orElseThrow(() -> later("the data are still being fetched"));
    }

    /** Whatever it is called elsewhere, here the argument at fault is {@code data}. */
    private static DatasetRef resolved(String name, Call call) {
        try {
            return call.datasets().resolve(name);
        } catch (FailureException e) {
            throw e.failure() instanceof Failure.BadRequest(FailureCode code, Optional<String> _, String message, Optional<String> allowed, Optional<String> hint)
                    ? new Failure.BadRequest(code, Optional.of("data"), message, allowed, hint).asException() : e;
        }
    }

    private static FailureException later(String what) {
        return new Failure.Transient(FailureCode.STORE_UNAVAILABLE, what + "; it goes on: call again with the same arguments", Duration.ofSeconds(5)).asException();
    }

    private static String words(Told.Profile told) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "Data set %s: %d rows, %d columns, %d duplicate rows.%n", told.datasetId(), told.rows(), told.columns().size(), told.duplicateRows()));
        StringBuilder table = new StringBuilder();
        told.warnings().forEach(warning -> table.append("warning: ").append(warning).append('\n'));
        told.columns().forEach(column -> table.append(line(column)).append('\n'));
        return text.append(Fence.of("What is in " + Fence.word(told.name()), table.toString())).append("Next: plan_experiment or start_run with data = ").append(told.datasetId()).append('.').toString();
    }

    private static String line(Told.Column column) {
        String range = column.min().isPresent() ? String.format(Locale.ROOT, ", %s to %s, mean %.4g", column.min().get(), column.max().orElse(Double.NaN), column.mean().orElse(Double.NaN)) : "";
        String top = column.top().isEmpty() ? "" : ", e.g. " + String.join(" | ", column.top().stream().map(Told.Value::value).toList());
        return column.name().replaceAll("[\\p{Cntrl}]", " ") + ": " + column.type() + ", " + column.missing() + " missing, " + column.distinct() + " distinct" + range + top.replaceAll("[\\p{Cntrl}]", " ");
    }

    static Optional<String> reference(Optional<String> data, Optional<String> id) {
        if (data.isPresent() == id.isPresent()) {
            throw Failure.BadRequest.of(data.isPresent() ? FailureCode.CONTRADICTION : FailureCode.INVALID_REQUEST, "data", data.isPresent() ? "data and dataset_id are both given" : "no data are named")
                    .allowed("data or dataset_id").hint("profile_dataset gives a dataset_id").asException();
        }
        return data.or(() -> id);
    }
}
