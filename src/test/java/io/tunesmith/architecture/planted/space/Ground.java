package io.tunesmith.architecture.planted.space;

/** Planted: the other half of a cycle. */
public record Ground(String name) {}
