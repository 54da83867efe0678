package io.tunesmith.api.rest;

import io.tunesmith.data.DatasetRef;

/** A data set that the service keeps. {@code name} is the file's own, for people. */
public record DatasetView(String id, String name, String format, long bytes, String sha256) {

    static DatasetView of(DatasetRef dataset) {
        return new DatasetView(dataset.id().value(), dataset.name(), dataset.format().wire(), dataset.bytes(), dataset.sha256().hex());
    }
}
