package io.tunesmith.contract;

import io.tunesmith.core.Sha256;
import java.util.Optional;

/**
 * A file (or a model folder, then without a digest: its own manifest has them) that the process may read.
 *
 * @param path relative to the attempt's folder, where the file was placed under our name
 */
public record InputFile(String path, Optional<String> sha256) {
    public static InputFile of(String path, Sha256 sha256) {
        return new InputFile(path, Optional.of(sha256.hex()));
    }
}
