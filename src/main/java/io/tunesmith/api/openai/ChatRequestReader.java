package io.tunesmith.api.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.tunesmith.api.Idempotency;
import io.tunesmith.api.rest.MetricName;
import io.tunesmith.core.Excerpt;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.run.Start;
import io.tunesmith.talk.Conversation;
import io.tunesmith.talk.Message.Role;
import io.tunesmith.talk.Message;
import io.tunesmith.talk.Mode;
import io.tunesmith.talk.Stated;
import io.tunesmith.task.Overrides;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From a body to what it asks for. */
final class ChatRequestReader {
    private static final int MOST_MESSAGES = 5000;
    private static final double LONGEST_SECONDS = 1e9;

    private ChatRequestReader() {}

    static ChatRequest read(byte[] body, Optional<String> key, boolean retry) {
        Fields fields = Fields.body(body);
        Mode mode = mode(fields);
        boolean usage = fields.inner("stream_options").map(options -> options.flag("include_usage")).orElse(false);
        return new ChatRequest(mode, conversation(fields), stated(fields), fields.flag("stream"), usage, key.map(Idempotency::checked), retry);
    }

    static Mode mode(Fields fields) {
        String model = fields.requiredText("model");
        return Mode.of(model).orElseThrow(() -> unknown(model).asException());
    }

    static Failure.BadRequest unknown(String model) {
        return Failure.BadRequest.of(FailureCode.MODEL_NOT_FOUND, "model", "there is no model \"" + Excerpt.of(model, 80) + "\"").allowed(Mode.RUN.wire() + ", " + Mode.PLAN.wire() + ", " + Mode.ASK.wire());
    }

    private static Conversation conversation(Fields fields) {
        JsonNode list = fields.field("messages").orElseThrow(() -> Fields.invalid("messages", "\"messages\" is missing").allowed("a list with a user's message").asException());
        if (!list.isArray()) {
            throw Fields.wrong("messages", "a list");
        }
        return checked(messages(list, "messages"), "messages");
    }

    static Conversation checked(List<Message> messages, String field) {
        if (messages.stream().noneMatch(message -> message.role() == Role.USER && !message.text().isBlank())) {
            throw Fields.invalid(field, "no user says anything").allowed("a list with a user's message").asException();
        }
        return new Conversation(messages);
    }

    static List<Message> messages(JsonNode list, String field) {
        if (list.size() > MOST_MESSAGES) {
            throw Fields.invalid(field, list.size() + " messages are too many").allowed("at most " + MOST_MESSAGES).asException();
        }
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            String at = field + "." + i;
            if (!list.get(i).isObject()) {
                throw Fields.wrong(at, "an object with role and content");
            }
            Fields message = new Fields(list.get(i), at);
            messages.add(new Message(role(message), message.field("content").map(content -> text(content, at + ".content")).orElse("")));
        }
        return messages;
    }

    private static Role role(Fields message) {
        String role = message.requiredText("role");
        return switch (role) {
            case "system", "developer" -> Role.SYSTEM;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            case "tool", "function" -> Role.TOOL;
            default -> throw Fields.invalid(message.at("role"), "there is no role \"" + Excerpt.of(role, 40) + "\"").allowed("system, developer, user, assistant, tool").asException();
        };
    }

    /** A string, or the text parts of a list; pictures and files say nothing here. */
    static String text(JsonNode content, String at) {
        if (content.isTextual()) {
            return Fields.storable(content.asText());
        }
        if (!content.isArray()) {
            throw Fields.wrong(at, "a string, or a list of parts");
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < content.size(); i++) {
            JsonNode part = content.get(i);
            if (part.isTextual()) {
                texts.add(Fields.storable(part.asText()));
            } else if (part.isObject()) {
                new Fields(part, at + "." + i).field("text").filter(JsonNode::isTextual).map(JsonNode::asText).map(Fields::storable).ifPresent(texts::add);
            } else {
                throw Fields.wrong(at + "." + i, "an object with type and text");
            }
        }
        return String.join("\n", texts);
    }

    static Stated stated(Fields body) {
        return body.inner("tunesmith").map(ours -> {
            ours.only(Set.of("data", "target", "metric", "budget", "seed", "start"));
            Optional<Fields> budget = ours.inner("budget").map(caps -> caps.only(Set.of("trials", "seconds")));
            Optional<Long> trials = budget.flatMap(caps -> caps.whole("trials"));
            Optional<Double> seconds = budget.flatMap(caps -> caps.number("seconds"));
            trials.filter(count -> count < 1 || count > 100_000).ifPresent(count -> refuse("tunesmith.budget.trials", count, "1 to 100000"));
            seconds.filter(time -> !(time > 0 && time <= LONGEST_SECONDS)).ifPresent(time -> refuse("tunesmith.budget.seconds", time, "more than 0, at most 1e9"));
            Overrides overrides = new Overrides(filled(ours, "target"), ours.text("metric").map(name -> MetricName.read("tunesmith.metric", name)), trials, seconds, ours.whole("seed"));
            return new Stated(filled(ours, "data"), overrides, ours.text("start").map(ChatRequestReader::start));
        }).orElse(Stated.NOTHING);
    }

    private static Optional<String> filled(Fields fields, String name) {
        Optional<String> text = fields.text(name);
        text.filter(String::isBlank).ifPresent(_ -> refuse(fields.at(name), "\"\"", "some characters"));
        return text;
    }

    private static Start start(String word) {
        return switch (word) {
            case "now" -> Start.NOW;
            case "ask" -> Start.ASK;
            case "hold" -> Start.HOLD;
            default -> throw Fields.invalid("tunesmith.start", "there is no start \"" + (word.length() <= 40 ? word : "…") + "\"").allowed("now, ask, hold").asException();
        };
    }

    private static void refuse(String field, Object value, String allowed) {
        throw Fields.invalid(field, value + " is out of range").allowed(allowed).asException();
    }
}
