package io.tunesmith.dispatch;

/** A piece of an attempt's log: the text, and the byte offset to go on from. */
public record LogChunk(String text, long nextByte) {}
