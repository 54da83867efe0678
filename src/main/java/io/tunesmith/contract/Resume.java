package io.tunesmith.contract;

/** A recorded checkpoint to go on from: its path in the attempt's folder (a file among the inputs) and its SHA-256 in hexadecimal. */
public record Resume(String checkpoint, String sha256) {}
