package io.tunesmith.task;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Kinds of tasks on the wire, for example {@code tabular-classification}. */
public enum TaskType {
    TABULAR_CLASSIFICATION,
    TABULAR_REGRESSION,
    IMAGE_CLASSIFICATION,
    OBJECT_DETECTION,
    SEMANTIC_SEGMENTATION,
    KEYPOINTS,
    TEXT_CLASSIFICATION,
    TEXT_GENERATION,
    UNSUPPORTED;

    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<TaskType> named(String wire) {
        return Arrays.stream(values()).filter(type -> type.wire().equals(wire)).findFirst();
    }
}
