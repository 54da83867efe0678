package io.tunesmith.batch;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why a file of requests is refused.
 *
 * @param code for programs, for example {@code duplicate_custom_id}
 * @param param the field at fault
 * @param line of the file, from 1; empty where the file as a whole is at fault
 */
public record BatchError(String code, String message, Optional<String> param, OptionalInt line) {}
