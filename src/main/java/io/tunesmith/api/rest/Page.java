package io.tunesmith.api.rest;

import java.util.List;

/** A list of answers. */
public record Page<T>(List<T> items) {
    public Page {
        items = List.copyOf(items);
    }
}
