package io.tunesmith.architecture.planted.search;

import io.tunesmith.architecture.planted.space.Ground;

/** Planted: one half of a cycle. */
public record Looks(Ground ground) {}
