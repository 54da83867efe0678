package io.tunesmith.talk;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What chat programs ask the chosen model to do beside the conversation. They cost nothing and touch no run. */
public enum Chore {
    TITLE("title"),
    TAGS("tags?|categori[sz]e|categories"),
    FOLLOW_UPS("follow[\\s-]?ups?"),
    QUERIES("search quer(?:y|ies)|queries|retriev"),
    AUTOCOMPLETE("autocomplet|completion|complete the"),
    EMOJI("emoji"),
    /** Some other task of a chat program. */
    OTHER("(?!)");

    /** Open WebUI begins each with this; what stands before it is its wrapping. */
    private static final Pattern TASK = Pattern.compile("(?s)\\A\\s*#{1,4}\\s*Task:?\\s*(.{0,600})", Pattern.CASE_INSENSITIVE);
    /** LibreChat's, and others' that follow it. */
    private static final Pattern TITLE_CALL = Pattern.compile("(?is)\\A\\s*(?:please |now |then )*(?:(?:provide|generate|create|write|suggest|give(?: me)?)\\s+(?:a|an|the)?\\s*(?:(?:very )?(?:concise|short|brief|succinct|descriptive|\\d+(?:\\s*-\\s*\\d+)?[\\s-]words?|or|less|word),?\\s*){1,8}(?:phrase )?titles?\\b"
            + "|(?:in \\d+ words or (?:less|fewer),?\\s+)?(?:write|generate|create|give|provide)[^.\\n]{0,60}\\btitle (?:for|of) (?:this|the(?: following)?) (?:conversation|chat|dialogue)"
            + "|analyze this conversation and provide|(?:you are tasked with|your task is to) (?:generat|creat|writ)[^.\\n]{0,60}\\btitle\\b).*");
    private static final Pattern TITLE_SYSTEM = Pattern.compile("(?is).*\\b(?:5-word-or-less title|title (?:for|of) (?:this|the) conversation|conversation title generator|concise(?:,| and)? [^.\\n]{0,40}title for (?:a|the|this) (?:chat|conversation))\\b.*");
    private static final Pattern JSON_KEY = Pattern.compile("\"(title|tags|follow_ups|queries|text|completion)\"\\s*:");
    private static final int LONGEST_TITLE = 5;
    private final Pattern words;

    Chore(String words) {
        this.words = Pattern.compile("\\b(?:" + words + ")", Pattern.CASE_INSENSITIVE);
    }

    /** The chore that a message is; empty if it is a person's. */
    static Optional<Chore> of(Conversation conversation) {
        String asked = conversation.asked();
        var task = TASK.matcher(asked);
        if (task.find()) {
            return Optional.of(named(task.group(1)));
        }
        boolean title = TITLE_CALL.matcher(head(asked)).matches() || conversation.messages().stream().limit(1).anyMatch(first -> first.role() == Message.Role.SYSTEM && TITLE_SYSTEM.matcher(head(first.text())).matches());
        return title ? Optional.of(TITLE) : Optional.empty();
    }

    /** Whether the caller asks for its answer as JSON. */
    public static boolean asJson(Conversation conversation) {
        return JSON_KEY.matcher(conversation.asked()).find() || TASK.matcher(conversation.asked()).lookingAt();
    }

    /** A title without a model: the first words of what the conversation is about, in plain characters. */
    public static String title(Conversation conversation) {
        List<String> words = Pattern.compile("[^\\p{L}\\p{N}]+").splitAsStream(subject(conversation)).filter(word -> !word.isBlank() && word.length() <= 30).limit(LONGEST_TITLE).toList();
        String title = String.join(" ", words);
        return title.isEmpty() ? "Model search" : title.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + title.substring(1);
    }

    private static String subject(Conversation conversation) {
        var quoted = Pattern.compile("(?is)<chat_history>\\s*(?:USER|HUMAN)?:?\\s*(.{0,300})|\\n\\s*(?:USER|User|Human|\\|>User):\\s*(.{0,300})").matcher(conversation.asked());
        if (quoted.find()) {
            return Optional.ofNullable(quoted.group(1)).orElseGet(() -> quoted.group(2));
        }
        return conversation.askedBefore().stream().reduce((_, oldest) -> oldest).map(Chore::head).orElse("");
    }

    private static Chore named(String instructions) {
        for (Chore chore : values()) {
            if (chore.words.matcher(instructions).find()) {
                return chore;
            }
        }
        return OTHER;
    }

    private static String head(String text) {
        return text.length() <= 600 ? text : text.substring(0, 600);
    }
}
