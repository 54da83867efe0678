package io.tunesmith.api.rest;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;

/** A form that is none, or that breaks off: the reader of forms throws what it throws for its own defects, so it is told apart by where that came from. */
final class BrokenForm {
    private static final String READER = "org.jboss.resteasy.reactive.server.core.multipart.";

    private BrokenForm() {}

    static boolean is(Throwable e) {
        return e.getStackTrace().length > 0 && e.getStackTrace()[0].getClassName().startsWith(READER);
    }

    static Failure failure() {
        return Failure.BadRequest.of(FailureCode.INVALID_REQUEST, "body", "the form is broken off, or none").allowed("multipart/form-data as RFC 7578 says");
    }
}
