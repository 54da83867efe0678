package io.tunesmith.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where the process reports: {@code POST <url>/claim | /events | /result} with {@code Authorization: Bearer <token>}. The token is not
 * in the spec but in the file {@code token} (mode 0600) beside it, and opens nothing but this attempt.
 *
 * @param url for example {@code http://127.0.0.1:7070/api/v1/attempts/<key>}
 * @param upload whether the service does not see the process's folder: then the process hands in each file that it names (artifact, checkpoint) by
 *     {@code PUT <url>/files/<incarnation>/<path>} before the event or result that names it; absent in JSON means false
 */
public record Callback(String url, @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean upload) {

    /** To a service that sees the process's folder. */
    public Callback(String url) {
        this(url, false);
    }

    @JsonCreator
    static Callback read(@JsonProperty("url") String url, @JsonProperty("upload") Boolean upload) {
        return new Callback(url, Boolean.TRUE.equals(upload));
    }
}
