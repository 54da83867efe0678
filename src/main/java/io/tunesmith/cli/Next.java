package io.tunesmith.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** From here to where a run needs someone again: a question, its work, its end. */
final class Next {
    private static final Set<String> PREPARING = Set.of("queued", "planning");

    private Next() {}

    /**
     * Tells what happens until then.
     *
     * @param after the number of the last event that was told
     * @return the run as it is then, or after {@code patience}
     */
    static JsonNode await(Client client, String run, long after, Duration patience, Progress progress) {
        long end = System.nanoTime() + patience.toNanos();
        long told = after;
        while (true) {
            JsonNode view = client.get("/api/v1/runs/" + run);
            JsonNode events = client.get("/api/v1/runs/" + run + "/events?limit=1000&after=" + told).path("items");
            for (JsonNode event : events) {
                told = event.path("seq").asLong();
                progress.event(event);
            }
            if (!PREPARING.contains(view.path("status").asText()) || System.nanoTime() > end) {
                return view;
            }
            client.get("/api/v1/runs/" + run + "/events?wait=1&after=" + told);
        }
    }

    /** What a person can do next; empty if nothing is asked of anyone. */
    static Optional<String> hint(JsonNode run) {
        String id = run.path("id").asText();
        return switch (run.path("status").asText()) {
            case "waiting_input" -> Optional.of("It waits for your answer: tunesmith answer " + id + (run.path("question").path("id").asText().equals("start") ? " yes" : " ANSWER (an option or its number)"));
            case "pausing", "paused" -> Optional.of("Go on: tunesmith resume " + id);
            default -> Optional.empty();
        };
    }

    /** The number of the run's last event. */
    static long told(Client client, String run) {
        long last = 0;
        while (true) {
            JsonNode events = client.get("/api/v1/runs/" + run + "/events?limit=1000&after=" + last).path("items");
            if (events.isEmpty()) {
                return last;
            }
            last = events.get(events.size() - 1).path("seq").asLong();
        }
    }
}
