package io.tunesmith.architecture.planted.postgres;

/** Planted: an adapter. */
public record Table(String name) {}
