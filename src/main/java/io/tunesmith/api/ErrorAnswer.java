package io.tunesmith.api;

import io.tunesmith.api.rest.Problem;
import io.tunesmith.core.Failure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An error as it leaves, whichever part of the service noticed it. */
public record ErrorAnswer(int status, Map<String, String> headers, String body) {

    public ErrorAnswer {
        headers = Map.copyOf(headers);
    }

    public static ErrorAnswer of(ErrorForm form, Problem problem, Optional<Failure> failure, Optional<String> request) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", form.mediaType());
        boolean later = failure.filter(Failure.Transient.class::isInstance).isPresent();
        failure.ifPresent(why -> {
            if (why instanceof Failure.Transient slow) {
                headers.put("Retry-After", Long.toString(Math.max(1, slow.retryAfter().plusMillis(999).toSeconds())));
                headers.put("retry-after-ms", Long.toString(Math.max(1, slow.retryAfter().toMillis())));
            }
        });
        if (problem.status() == 401) {
            headers.put("WWW-Authenticate", "Bearer");
        }
        if (problem.status() == 409 && !later) {
            headers.put("x-should-retry", "false");
        }
        return new ErrorAnswer(problem.status(), headers, form.body(problem, request));
    }

    public ErrorAnswer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ErrorAnswer(status, more, body);
    }
}
