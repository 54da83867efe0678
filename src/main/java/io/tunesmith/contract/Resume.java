package io.tunesmith.contract;

/** A recorded checkpoint to go on from: its path in the attempt's folder and its digest. */
public record Resume(String checkpoint, String sha256) {}
