package io.tunesmith.api.openai;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A page of a list. Clients ask on with {@code after} = the last id until {@code has_more} is false, so it is always said. */
public record Listing<T>(String object, List<T> data, Optional<String> firstId, Optional<String> lastId, boolean hasMore) {

    /** @param found one more than {@code limit} where there are more */
    static <T> Listing<T> of(List<T> found, int limit, Function<T, String> id) {
        List<T> page = found.subList(0, Math.min(limit, found.size()));
        return new Listing<>("list", List.copyOf(page), page.stream().findFirst().map(id), page.isEmpty() ? Optional.empty() : Optional.of(id.apply(page.getLast())), found.size() > limit);
    }

    static int limit(Optional<String> given, int usual, int most) {
        String text = given.orElse(Integer.toString(usual));
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
            throw Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "limit", "\"" + text + "\" is no limit").allowed("1 to " + most).asException();
        }
        return Integer.parseInt(text);
    }
}
