package io.tunesmith.api.openai;

import io.tunesmith.core.RunId;
import io.tunesmith.talk.Conversation;
import io.tunesmith.talk.Message;
import io.tunesmith.talk.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of an answer of {@code /v1/responses}. How far it is is not kept: that is its run's to say.
 *
 * @param body 26 characters from which the ids of its parts are built
 * @param messages what was said before it, and what it answers
 * @param text what was said at once
 * @param run of which it tells
 * @param after the number of the last event that it does not tell; absent: it tells of no event
 */
record ResponseRecord(String body, long created, String model, boolean background, Optional<String> previous, Optional<String> instructions, List<Line> messages, String text, Optional<String> run, Optional<Long> after, boolean attached) {
    static final String PREFIX = "resp_";

    /** One message. */
    record Line(Message.Role role, String text) {}

    static ResponseRecord of(String body, Instant now, ResponseRequest request) {
        List<Line> lines = request.chat().conversation().messages().stream().map(message -> new Line(message.role(), message.text())).toList();
        return new ResponseRecord(body, now.getEpochSecond(), request.chat().mode().wire(), request.background(), request.previous(), request.instructions(), lines, "", Optional.empty(), Optional.empty(), false);
    }

    ResponseRecord saying(Said said) {
        return new ResponseRecord(body, created, model, background, previous, instructions, messages, said.text(), said.run().map(RunId::value), said.after(), said.attached());
    }

    String id() {
        return PREFIX + body;
    }

    /** Under this it is kept that its closing text was told. */
    String closedId() {
        return "told_" + body;
    }

    Optional<RunId> runId() {
        return run.map(RunId::new);
    }

    Conversation asked() {
        return new Conversation(messages.stream().map(line -> new Message(line.role(), line.text())).toList());
    }

    /** The conversation with this answer in it. */
    List<Message> with(String answer) {
        List<Message> all = new ArrayList<>(asked().messages());
        all.add(new Message(Message.Role.ASSISTANT, answer));
        return all;
    }
}
