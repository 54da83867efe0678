package io.tunesmith.run;

import io.tunesmith.core.RunId;
import java.nio.file.Path;

/**
 * Keeps sealed test parts encrypted at rest with a key that only the service holds. It protects against accident and prying training code, not
 * against a hostile process of the same user. Thread-safe.
 */
public interface SealedStore {

    /** Encrypts the file's bytes under the run's name and deletes the plain file. Repeated: the first stays. */
    void seal(RunId run, Path plain);

    /** Decrypts into a new file that the evaluating attempt may read; the caller deletes it. */
    void open(RunId run, Path target);
}
