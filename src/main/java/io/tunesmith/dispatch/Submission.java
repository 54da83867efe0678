package io.tunesmith.dispatch;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.Resources;
import java.nio.file.Path;

/**
 * An attempt ready to run.
 *
 * @param folder its folder, with {@code spec.json}, {@code token} and the inputs in place
 * @param affinity processes that served one affinity (one run's data) never serve another
 */
public record Submission(AttemptKey key, Path folder, Resources resources, String affinity) {}
