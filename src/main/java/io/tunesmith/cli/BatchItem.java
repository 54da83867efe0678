package io.tunesmith.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tunesmith.core.Metric;
import io.tunesmith.core.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One request of a batch, fit to run.
 *
 * @param data what it names: an id or an address, or what {@code file} is
 * @param file the local file that {@code data} names; absent: it names none
 */
record BatchItem(String customId, String prompt, String data, Optional<Path> file, Optional<String> target, Optional<Metric> metric, Optional<Long> trials, Optional<Double> seconds, Optional<Long> seed) {
    private static final double USUAL_SECONDS = 300;
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    /** Names the request in the output; another request under the same custom id has another name. */
    String id() {
        String hex = digest("").hex();
        StringBuilder id = new StringBuilder("batch_req_");
        for (int i = 0; i < 26; i++) {
            id.append(ALPHABET.charAt(Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16) & 31));
        }
        return id.toString();
    }

    /** Under this key the request has one run, however often the command is killed and given again. @param batch names the output */
    String key(String batch) {
        return "batch-" + digest(batch).hex();
    }

    /** The most that its run may be worked on. */
    double cost() {
        return seconds.orElse(USUAL_SECONDS);
    }

    ObjectNode body(String dataset) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("prompt", prompt).put("data_id", dataset);
        target.ifPresent(value -> body.put("target", value));
        metric.ifPresent(value -> body.put("metric", value.wire()));
        seed.ifPresent(value -> body.put("seed", value));
        ObjectNode budget = body.putObject("budget");
        trials.ifPresent(value -> budget.put("trials", value));
        seconds.ifPresent(value -> budget.put("seconds", value));
        return body;
    }

    private Sha256 digest(String batch) {
        ObjectNode all = body(data).put("batch", batch).put("custom_id", customId);
        return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
    }
}
