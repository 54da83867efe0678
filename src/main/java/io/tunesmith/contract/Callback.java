package io.tunesmith.contract;

/**
 * Where the process reports: {@code POST <url>/claim | /events | /result} with {@code Authorization: Bearer <token>}. The token is not
 * in the spec but in the file {@code token} (mode 0600) beside it, and opens nothing but this attempt.
 *
 * @param url for example {@code http://127.0.0.1:7070/api/v1/attempts/<key>}
 */
public record Callback(String url) {}
