package io.tunesmith.talk;

/** One message of a conversation: its text parts, one after the other. */
public record Message(Role role, String text) {

    /** Who speaks. Only a user's words can ask for anything. */
    public enum Role { SYSTEM, USER, ASSISTANT, TOOL }
}
