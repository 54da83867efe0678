package io.tunesmith.talk;

import io.tunesmith.talk.Message.Role;
import java.util.List;
import java.util.Optional;

/** What was said so far, oldest first. */
public record Conversation(List<Message> messages) {
    public Conversation {
        messages = List.copyOf(messages);
    }

    /** What the user said last: the only message that can ask for anything. Empty if there is none. */
    public String asked() {
        return lastUser().map(index -> messages.get(index).text()).orElse("");
    }

    /** What the assistant said before, newest first. */
    public List<String> answers() {
        return said(Role.ASSISTANT);
    }

    /** What the user said before the last message, newest first. */
    List<String> askedBefore() {
        List<String> all = said(Role.USER);
        return all.subList(Math.min(1, all.size()), all.size());
    }

    private Optional<Integer> lastUser() {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).role() == Role.USER) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private List<String> said(Role role) {
        return messages.reversed().stream().filter(message -> message.role() == role).map(Message::text).toList();
    }
}
