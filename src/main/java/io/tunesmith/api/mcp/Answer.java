package io.tunesmith.api.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkiverse.mcp.server.Content;
import io.quarkiverse.mcp.server.ResourceLink;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.ToolResponse;
import io.tunesmith.api.rest.ErrorView;
import io.tunesmith.api.rest.WireJson;
import io.tunesmith.core.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a tool answers: the same twice, for programs and for people and models, and links to what can be read on.
 *
 * @param structured a record that fits the tool's output schema
 */
record Answer(Record structured, String text, List<ResourceLink> links) {
    /** Absent fields are left out: schemas then need no null. */
    static final JsonMapper MAPPER = (JsonMapper) WireJson.MAPPER.rebuild().serializationInclusion(JsonInclude.Include.NON_ABSENT).build();

    Answer(Record structured, String text) {
        this(structured, text, List.of());
    }

    ToolResponse response() {
        List<Content> content = new ArrayList<>(List.of(new TextContent(text)));
        content.addAll(links);
        return new ToolResponse(false, content, plain(structured), null);
    }

    /** A failure in words: code, field, what is allowed, what to do; never a stack trace. Without structure: clients check that against the schema of success. */
    static ToolResponse failed(Failure failure) {
        ErrorView error = ErrorView.of(failure);
        StringBuilder text = new StringBuilder(error.code()).append(error.field().map(field -> " (" + field + ")").orElse("")).append(": ").append(error.message());
        error.allowed().ifPresent(allowed -> text.append("\nallowed: ").append(allowed));
        error.hint().ifPresent(hint -> text.append("\nhint: ").append(hint));
        if (failure instanceof Failure.Transient later) {
            text.append("\ntry again in ").append(Math.max(1, later.retryAfter().toSeconds())).append(" s");
        }
        return ToolResponse.error(text.toString());
    }

    private static Map<?, ?> plain(Record value) {
        return MAPPER.convertValue(MAPPER.valueToTree(value), Map.class);
    }
}
