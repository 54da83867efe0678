package io.tunesmith.api.rest;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param nextCursor where the next part begins, as the parameter {@code cursor}; absent at the end
 */
public record Page<T>(List<T> items, Optional<String> nextCursor) {
    public Page {
        items = List.copyOf(items);
    }

    /** All of a list. */
    public Page(List<T> items) {
        this(items, Optional.empty());
    }

    /**
     * Of a list that was read one longer than asked.
     *
     * @param cursor to the item after which the next part begins
     */
    static <T> Page<T> of(List<T> read, int limit, Function<T, String> cursor) {
        return read.size() <= limit ? new Page<>(read) : new Page<>(read.subList(0, limit), Optional.of(cursor.apply(read.get(limit - 1))));
    }

    <R> Page<R> map(Function<T, R> form) {
        return new Page<>(items.stream().map(form).toList(), nextCursor);
    }
}
