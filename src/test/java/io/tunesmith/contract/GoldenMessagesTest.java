package io.tunesmith.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tunesmith.core.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every golden message reads as its record, is written as it was, and fits its schema; the Python worker's tests read the same files. */
class GoldenMessagesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/contract");
    private static final Map<String, Class<?>> TYPES = new TreeMap<>(Map.of("spec", AttemptSpec.class, "event", WorkerEvent.class, "result", Outcome.class, "claim", Claim.class,
            "claim-granted", Claim.Answer.Granted.class, "claim-refused", Claim.Answer.Refused.class, "report", Report.class, "report-answer", Report.Answer.class,
            "evaluation", Evaluation.class));
    private static final Map<Operation, Class<?>> OPTIONS = Map.of(Operation.TRAIN, TrainOptions.class, Operation.REFIT, RefitOptions.class, Operation.EVALUATE, EvaluateOptions.class,
            Operation.PREDICT, PredictOptions.class, Operation.PROFILE, ProfileOptions.class, Operation.SPLIT, SplitOptions.class);

    static Stream<String> messages() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.map(file -> file.getFileName().toString().replace(".json", "")).sorted().toList().stream();
        }
    }

    private static JsonNode golden(String name) throws IOException {
        return Wire.MAPPER.readTree(GOLDEN.resolve(name + ".json").toFile());
    }

    private static Class<?> type(String name) {
        return TYPES.getOrDefault(name, TYPES.get(name.split("-")[0]));
    }

    private static JsonNode schema(String name) throws IOException {
        return Wire.MAPPER.readTree(GoldenMessagesTest.class.getResource("/contract/" + name + ".schema.json"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void isReadAndWrittenUnchanged(String name) throws IOException {
        Object read = Wire.read(golden(name), type(name));
        assertThat(Wire.MAPPER.readTree(Wire.write(read))).isEqualTo(golden(name));
        if (read instanceof AttemptSpec spec) {
            Object options = Wire.read(spec.options(), OPTIONS.get(spec.operation()));
            assertThat(Wire.MAPPER.readTree(Wire.write(options))).isEqualTo(golden(name).get("options"));
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void fitsItsSchema(String name) throws IOException {
        if (!TYPES.containsKey(name) || name.equals("claim") || name.equals("report")) {
            assertThat(SchemaCheck.violations(schema(name.split("-")[0]), golden(name))).isEmpty();
        }
    }

    @Test
    void aSchemaNoticesWhatIsWrong() throws IOException {
        ObjectNode claim = (ObjectNode) golden("claim");
        claim.put("n", 0).remove("nonce");
        assertThat(SchemaCheck.violations(schema("claim"), claim)).containsExactlyInAnyOrder("$.n is below 1", "$ lacks \"nonce\"");
        ObjectNode event = (ObjectNode) golden("event-failed");
        event.put("cause", "bad luck");
        assertThat(SchemaCheck.violations(schema("event"), event)).containsExactly("$ fits 0 of the alternatives");
    }

    @Test
    void aCallbackThatDoesNotSaySoTakesNoFiles() throws IOException {
        assertThat(Wire.read(golden("spec-train"), AttemptSpec.class).callback().orElseThrow().upload()).isFalse();
        assertThat(Wire.read(golden("spec-train-upload"), AttemptSpec.class).callback().orElseThrow().upload()).isTrue();
        assertThat(Wire.read("{\"url\":\"http://h/a\",\"upload\":false}", Callback.class)).isEqualTo(Wire.read("{\"url\":\"http://h/a\",\"upload\":null}", Callback.class))
                .isEqualTo(new Callback("http://h/a"));
    }

    @Test
    void unknownFieldsAreIgnoredAndNotANumberIsRefused() throws IOException {
        ObjectNode claim = (ObjectNode) golden("claim");
        claim.put("color", "blue");
        assertThat(Wire.read(claim, Claim.class)).isEqualTo(Wire.read(golden("claim"), Claim.class));
        assertThatThrownBy(() -> Wire.read("{\"type\":\"started\",\"seq\":1,\"seconds\":NaN}", WorkerEvent.class)).isInstanceOf(FailureException.class);
    }
}
