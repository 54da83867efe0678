package io.tunesmith.cli;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.TableFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The data that a command names: a file of this machine, which is handed to the service, or a reference, which the service reads.
 *
 * @param text as the user wrote it
 */
record Table(String text) {
    static final String FORMS = "a file (.csv, .tsv, .txt, .parquet, .pq, alone or in .gz or .zip), or https://…, s3://BUCKET/KEY, hf://datasets/ORG/NAME/PATH, which the service fetches; or ds_… or file-…, which it has.";
    private static final Pattern REFERENCE = Pattern.compile("(?is)(?:https|s3|hf)://.*|ds_[a-z0-9]+|file-[a-z0-9]+");

    /** Refuses a file that is not there or cannot be read, before anything is sent. */
    void check() {
        if (reference()) {
            return;
        }
        Path file = Path.of(text);
        if (!Files.exists(file)) {
            throw Failure.BadRequest.of(FailureCode.NOT_FOUND, "data", "there is no file " + file).hint("check the path; it is relative to " + Path.of("").toAbsolutePath()).asException();
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw Failure.BadRequest.of(FailureCode.DATA_UNREADABLE, "data", file + " is not a readable file").allowed(TableFile.TAKEN).asException();
        }
    }

    /** Brings it to the service. @return the data set's id */
    String bring(Client client) {
        return (reference() ? client.fetch(text) : client.upload(Path.of(text))).path("id").asText();
    }

    private boolean reference() {
        return REFERENCE.matcher(text).matches();
    }
}
