package io.tunesmith.talk;

import io.tunesmith.core.RunId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a message names: data, runs. */
public final class References {
    private static final String BODY = "[0-9a-hjkmnp-tv-z]{26}(?![0-9a-z])";
    private static final Pattern RUN = Pattern.compile("(?<![\\w/-])(?:run|plan)_" + BODY);
    private static final Pattern LINKED_RUN = Pattern.compile("\\b(?:run|plan)_" + BODY);
    private static final String ENDINGS = "csv|tsv|txt|parquet|pq|jsonl|json|zip|gz|tgz|tar";
    private static final Pattern DATA = Pattern.compile("(?<![\\w/.-])(?:(?:https?|s3|hf|ftp|file|gs)://[^\\s,;\"'`<>()\\[\\]{}|\\\\]{1,2000}|(?:ds_" + BODY + "|file-[A-Za-z0-9]{6,64}(?!\\w))"
            + "|(?:[~.]{0,2}/)?(?:[\\w+@-]{1,100}/){0,20}[\\w+@-][\\w.+@-]{0,150}\\.(?:" + ENDINGS + ")(?![\\w/\\\\])(?!\\.\\w))");

    private References() {}

    /** The data that the message itself names. */
    static Optional<String> data(Unquoted message) {
        return message.first(DATA);
    }

    /** The run that the message itself names; a plan's id names its run. */
    static Optional<RunId> run(Unquoted message) {
        return message.first(RUN).map(References::id);
    }

    /** The runs that the assistant's earlier messages name, newest message first, in the order in which each names them. */
    static List<RunId> runs(Conversation conversation) {
        return conversation.answers().stream().limit(50).flatMap(text -> LINKED_RUN.matcher(text.length() > 20_000 ? text.substring(0, 20_000) : text).results().limit(5))
                .map(match -> id(match.group())).distinct().limit(20).toList();
    }

    private static RunId id(String named) {
        return new RunId(RunId.PREFIX + named.substring(named.indexOf('_') + 1));
    }
}
