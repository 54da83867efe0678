package io.tunesmith.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tunesmith.contract.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Scores the rules reader on the labelled requests, where they are at hand. */
class DevRequestsTest {
    private static final Path REQUESTS = Path.of("../shared/data/requests/dev.jsonl");
    private static final double FIELD_FLOOR = 0.96;
    private static final double REQUEST_FLOOR = 0.90;

    private record Score(String id, int leaves, List<String> wrong, int open) {}

    @Test
    void mostFieldsOfLabelledRequestsAreReadRight() throws IOException {
        Assumptions.assumeTrue(Files.exists(REQUESTS), "the labelled requests are not here");
        List<Score> scores = new ArrayList<>();
        for (String line : Files.readAllLines(REQUESTS)) {
            scores.add(score(new ObjectMapper().readTree(line)));
        }
        int leaves = scores.stream().mapToInt(Score::leaves).sum();
        int wrong = scores.stream().mapToInt(score -> score.wrong().size()).sum();
        long whole = scores.stream().filter(score -> score.wrong().isEmpty()).count();
        scores.stream().filter(score -> !score.wrong().isEmpty()).forEach(score -> System.out.println(score.id() + " " + score.wrong()));
        System.out.printf("field accuracy %.3f (%d of %d), request accuracy %.3f (%d of %d), open %d%n", 1 - (double) wrong / leaves, leaves - wrong, leaves,
                (double) whole / scores.size(), whole, scores.size(), scores.stream().mapToInt(Score::open).sum());
        assertThat(1 - (double) wrong / leaves).isGreaterThan(FIELD_FLOOR);
        assertThat((double) whole / scores.size()).isGreaterThan(REQUEST_FLOOR);
    }

    private static Score score(JsonNode request) {
        List<String> columns = new ArrayList<>();
        request.path("data_columns").forEach(column -> columns.add(column.asText()));
        TaskSpec spec = new RulesReader().read(request.get("text").asText(), columns, Optional.empty(), Overrides.NONE);
        ObjectNode found = (ObjectNode) Wire.tree(spec);
        found.put("task", spec.task().wire());
        List<String> wrong = new ArrayList<>();
        for (JsonNode leaf : request.get("score")) {
            JsonNode expected = at(request.get("expected"), leaf.asText());
            JsonNode actual = at(found, leaf.asText());
            if (!same(expected, actual)) {
                wrong.add(leaf.asText() + ": " + expected + " read as " + actual);
            }
        }
        Set<String> open = new TreeSet<>(spec.open().stream().map(TaskSpec.Open::field).toList());
        request.path("open_expected").forEach(field -> {
            if (!open.contains(field.asText())) {
                System.out.println(request.get("id").asText() + " should leave open " + field.asText());
            }
        });
        if (open.size() > request.path("open_expected").size()) {
            System.out.println(request.get("id").asText() + " leaves open " + spec.open());
        }
        return new Score(request.get("id").asText(), request.get("score").size(), wrong, spec.open().size());
    }

    private static JsonNode at(JsonNode node, String path) {
        JsonNode at = node;
        for (String name : path.split("\\.")) {
            at = at.path(name);
        }
        return at;
    }

    private static boolean same(JsonNode expected, JsonNode actual) {
        boolean none = expected.isNull() || expected.isMissingNode();
        if (none || actual.isNull() || actual.isMissingNode()) {
            return none && (actual.isNull() || actual.isMissingNode());
        }
        if (expected.isNumber() && actual.isNumber()) {
            return Math.abs(expected.asDouble() - actual.asDouble()) <= 0.005 * Math.abs(expected.asDouble());
        }
        if (expected.isArray()) {
            Set<String> left = new TreeSet<>();
            Set<String> right = new TreeSet<>();
            expected.forEach(item -> left.add(item.asText().toLowerCase()));
            actual.forEach(item -> right.add(item.asText().toLowerCase()));
            return left.equals(right);
        }
        return expected.asText().equalsIgnoreCase(actual.asText());
    }
}
