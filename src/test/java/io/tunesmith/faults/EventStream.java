package io.tunesmith.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A stream of events as a client reads it: whole events alone count; what is torn is dropped. For one thread. */
final class EventStream implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final InputStream body;
    private final BufferedReader reader;
    private final List<JsonNode> events = new ArrayList<>();
    private boolean done;

    EventStream(HttpRequest request) throws Exception {
        HttpResponse<InputStream> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        this.body = answer.body();
        this.reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** Reads on until there is such an event, which must come. */
    JsonNode until(Predicate<JsonNode> wanted) throws IOException {
        while (read()) {
            if (wanted.test(events.getLast())) {
                return events.getLast();
            }
        }
        throw new AssertionError("the stream ended: " + events);
    }

    /** Reads what is left, to the end or to where it breaks off. */
    List<JsonNode> rest() {
        try {
            while (read()) {
                assertThat(events).hasSizeLessThan(100_000);
            }
        } catch (IOException e) {
            assertThat(done).as("cut off after its end").isFalse();
        }
        return events;
    }

    List<JsonNode> events() {
        return events;
    }

    /** Whether it came to its own end, {@code [DONE]}. */
    boolean done() {
        return done;
    }

    /** @return whether there was another event */
    private boolean read() throws IOException {
        String data = "";
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.isEmpty() && data.equals("[DONE]")) {
                done = true;
                data = "";
            } else if (line.isEmpty() && !data.isEmpty()) {
                events.add(JSON.readTree(data));
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
