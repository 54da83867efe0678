package io.tunesmith.trainer.agent;

import io.tunesmith.contract.WorkerEvent.Artifact;
import java.util.List;
import java.util.Map;

/**
 * What a handler found; the agent adds time and memory and makes the result of it.
 *
 * @param values final scores by name, all finite (else the attempt fails as not finite)
 * @param facts other numbers by name, all finite
 */
public record Findings(Map<String, Double> values, Map<String, Double> facts, Map<String, Artifact> artifacts, List<String> notes, boolean pruned) {
    public Findings {
        values = Map.copyOf(values);
        facts = Map.copyOf(facts);
        artifacts = Map.copyOf(artifacts);
        notes = List.copyOf(notes);
    }

    public static Findings of(Map<String, Double> facts, Map<String, Artifact> artifacts, List<String> notes) {
        return new Findings(Map.of(), facts, artifacts, notes, false);
    }
}
