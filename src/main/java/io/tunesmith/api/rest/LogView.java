package io.tunesmith.api.rest;

/** A piece of a log. {@code next} is the byte to go on from. */
public record LogView(String text, long next) {}
