package io.tunesmith.api.rest;

/** A file of a run. {@code path} is relative, with forward slashes. */
public record ArtifactView(String path, long bytes) {}
