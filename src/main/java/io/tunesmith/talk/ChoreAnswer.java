package io.tunesmith.talk;

/** The answers to what chat programs ask by themselves, in the JSON that they look for where they ask for JSON. */
final class ChoreAnswer {
    private ChoreAnswer() {}

    static String of(Chore chore, Conversation conversation) {
        boolean json = Chore.asJson(conversation);
        return switch (chore) {
            // A title holds letters, digits and blanks only: nothing to escape.
            case TITLE -> json ? "{\"title\": \"" + Chore.title(conversation) + "\"}" : Chore.title(conversation);
            case TAGS -> "{\"tags\": [\"Machine Learning\", \"AutoML\"]}";
            case FOLLOW_UPS -> "{\"follow_ups\": [\"What is my run doing?\", \"Show the result\", \"Why trial 1?\"]}";
            case QUERIES -> "{\"queries\": []}";
            case AUTOCOMPLETE -> "{\"text\": \"\"}";
            case EMOJI -> "📈";
            case OTHER -> "This service trains models on tables. It reads no attached text; name the data in your message instead.";
        };
    }
}
