package io.tunesmith.run;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a file is for, in the words of the clients that upload it. */
public enum FilePurpose {
    ASSISTANTS,
    BATCH,
    FINE_TUNE,
    VISION,
    USER_DATA,
    EVALS,
    /** Written by a batch; nobody uploads one. */
    BATCH_OUTPUT;

    public String wire() {
        return this == FINE_TUNE ? "fine-tune" : name().toLowerCase(Locale.ROOT);
    }

    public static FilePurpose of(String word) {
        return Arrays.stream(values()).filter(purpose -> purpose.wire().equals(word)).findFirst().orElseThrow(() -> unknown(word));
    }

    /** The same for a file that comes from outside. */
    public static FilePurpose ofUpload(String word) {
        FilePurpose purpose = of(word);
        if (purpose == BATCH_OUTPUT) {
            throw unknown(word);
        }
        return purpose;
    }

    private static RuntimeException unknown(String word) {
        return Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "purpose", word.isEmpty() ? "the purpose is missing" : "there is no purpose \"" + word + "\"")
                .allowed(Arrays.stream(values()).filter(purpose -> purpose != BATCH_OUTPUT).map(FilePurpose::wire).collect(Collectors.joining(", "))).asException();
    }
}
