package io.tunesmith.run;

import java.util.List;
import java.util.Map;

/** The two models of the frozen list: the one that ships and the default's. */
public record Refitted(Model shipped, Model byDefault) {

    /**
     * @param folder relative to the run's attempts
     * @param sha256 of the folder's manifest
     */
    public record Model(String folder, String sha256, Map<String, Double> facts, List<String> notes) {
        public Model {
            facts = Map.copyOf(facts);
            notes = List.copyOf(notes);
        }
    }
}
