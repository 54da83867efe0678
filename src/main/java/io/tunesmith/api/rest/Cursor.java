package io.tunesmith.api.rest;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Where a list goes on: opaque to callers, so that lists may change how they are read. One of another list is refused, not misread. */
final class Cursor {
    static final String DEFAULT_LIMIT = "50";
    private static final int MOST = 200;

    private Cursor() {}

    /** @param list names the list and its order */
    static String of(String list, String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((list + " " + position).getBytes(StandardCharsets.UTF_8));
    }

    static Optional<String> read(String list, Optional<String> cursor) {
        return cursor.map(text -> {
            String plain = decoded(text);
            if (!plain.startsWith(list + " ")) {
                throw wrong(text);
            }
            return plain.substring(list.length() + 1);
        });
    }

    /** A number that a cursor holds. */
    static Optional<Long> number(String list, Optional<String> cursor) {
        return read(list, cursor).map(position -> {
            if (!position.matches("\\d{1,18}")) {
                throw wrong(cursor.orElse(""));
            }
            return Long.valueOf(position);
        });
    }

    /** @return 1 to {@value #MOST} */
    static int limit(long limit) {
        return within("limit", limit, MOST);
    }

    static int within(String field, long value, int most) {
        if (value < 1 || value > most) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, field, value + " is out of range").allowed("1 to " + most).asException();
        }
        return (int) value;
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw wrong(text);
        }
    }

    private static FailureException wrong(String text) {
        return Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "cursor", "\"" + text + "\" is no cursor of this list").hint("pass on next_cursor as it came, with the other parameters unchanged").asException();
    }
}
