package io.tunesmith.data.fetch;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import io.tunesmith.core.FailureException;
import java.time.Duration;

/** The words for what was not fetched. */
final class Refusals {
    private Refusals() {}

    static FailureException forbiddenHost(String shown) {
        return Failure.BadRequest.of(FailureCode.REF_NOT_ALLOWED, "data", shown + " is not on the public internet").allowed("hosts with public addresses only")
                .hint("upload the file, or have the operator allow its folder").asException();
    }

    static FailureException absent(String shown) {
        return Failure.BadRequest.of(FailureCode.NOT_FOUND, "data", "there is nothing at " + shown).hint("check the reference").asException();
    }

    static FailureException unreadable(String shown, String why) {
        return Failure.BadRequest.of(FailureCode.DATA_UNREADABLE, "data", shown + " cannot be read: " + why).hint("try again, or upload the file").asException();
    }

    static FailureException tooSlow(String shown) {
        return unreadable(shown, "the other side takes too long");
    }

    static FailureException tooMany(String whose) {
        return new Failure.Transient(FailureCode.RATE_LIMITED, "too many transfers" + whose + " are under way", Duration.ofSeconds(10)).asException();
    }
}
