package io.tunesmith.dispatch;

import io.tunesmith.contract.AttemptKey;
import java.time.Instant;

/** A job on an engine. The engine's id alone is not identity (engines hand ids out again): key and id are. */
public record JobRef(String backend, AttemptKey key, String engineId, Instant submitted) {}
