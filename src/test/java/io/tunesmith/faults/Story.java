package io.tunesmith.faults;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** What a finished run comes to, whatever happened on the way: two runs of one seed must have the same. */
record Story(List<String> trials, String winner, String test) {

    /** @param receipt of the run */
    static Story of(JsonNode run, JsonNode trials, JsonNode receipt) {
        List<String> lines = StreamSupport.stream(trials.path("items").spliterator(), false)
                .map(trial -> trial.path("number") + " " + trial.path("state").asText() + " " + trial.path("score") + " " + trial.path("config") + " " + trial.path("curve")).toList();
        return new Story(lines, receipt.path("choice").toString(), run.path("result").path("metric").toString());
    }
}
