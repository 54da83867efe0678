package io.tunesmith.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a process says while it works. {@code seq} counts from 1 in each incarnation without gaps; an event is recorded once per
 * (attempt, incarnation, seq), whichever way and however often it arrives.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WorkerEvent.Started.class, name = "started"),
    @JsonSubTypes.Type(value = WorkerEvent.Heartbeat.class, name = "heartbeat"),
    @JsonSubTypes.Type(value = WorkerEvent.Measured.class, name = "metric"),
    @JsonSubTypes.Type(value = WorkerEvent.Checkpointed.class, name = "checkpoint"),
    @JsonSubTypes.Type(value = WorkerEvent.Finished.class, name = "finished"),
    @JsonSubTypes.Type(value = WorkerEvent.Failed.class, name = "failed")
})
public sealed interface WorkerEvent {
    long seq();

    /** The first line of training: inputs are read, the first round begins. {@code seconds} since the claim. */
    record Started(long seq, double seconds) implements WorkerEvent {}

    /** Alive, every {@value #EVERY_SECONDS} s when there is nothing else to say. */
    record Heartbeat(long seq, double seconds) implements WorkerEvent {
        public static final int EVERY_SECONDS = 5;
    }

    /**
     * Measured values at a step. Values that are not finite end the trial as infeasible.
     *
     * @param step boosting round or epoch, from 1, increasing
     * @param seconds wall-clock seconds since the claim
     * @param peakMemoryBytes highest resident memory of the process so far
     */
    record Measured(long seq, long step, SortedMap<String, Double> values, double seconds, double gpuSeconds, long peakMemoryBytes) implements WorkerEvent {
        public Measured {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }
    }

    /** A checkpoint exists, whole and synced: a file, by its path relative to the incarnation's folder ({@code checkpoints/<step>}). */
    record Checkpointed(long seq, long step, String path, String sha256) implements WorkerEvent {}

    /** Done; {@code result.json} holds the same. */
    record Finished(long seq, Result result) implements WorkerEvent {}

    /**
     * Ended without a result; {@code cause} decides what the trial becomes.
     *
     * @param advice what the user can do about it, where the cause is his data
     */
    record Failed(long seq, FailureCause cause, String message, Optional<Advice> advice) implements WorkerEvent {
        public Failed {
            advice = advice == null ? Optional.empty() : advice;
        }

        public Failed(long seq, FailureCause cause, String message) {
            this(seq, cause, message, Optional.empty());
        }
    }

    /**
     * What came out.
     *
     * @param values final scores by name; the study's own under the metric's wire name; all finite
     * @param facts other numbers by name, such as {@code rounds} (chosen boosting rounds), {@code rows}, {@code milliseconds_per_row}
     * @param artifacts files or folders by name, relative to the incarnation's folder ({@link AttemptFiles#work})
     * @param notes sentences for the report
     * @param pruned whether the process stopped because an answer said so; the values are those of the last report
     */
    record Result(SortedMap<String, Double> values, SortedMap<String, Double> facts, SortedMap<String, Artifact> artifacts, List<String> notes, boolean pruned, double seconds, double gpuSeconds, long peakMemoryBytes) {
        public Result {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values == null ? Map.of() : values));
            facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts == null ? Map.of() : facts));
            artifacts = Collections.unmodifiableSortedMap(new TreeMap<>(artifacts == null ? Map.of() : artifacts));
            notes = notes == null ? List.of() : List.copyOf(notes);
        }
    }

    /**
     * @param path relative to the incarnation's folder
     * @param sha256 of the file, or of the manifest of a folder
     */
    record Artifact(String path, String sha256) {}
}
