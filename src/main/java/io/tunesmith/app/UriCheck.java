package io.tunesmith.app;

/** Quarkus answers a path that is no URI before it asks anybody, with an empty 400 that the clients of no door can read. The gate checks it instead. */
public final class UriCheck {
    private static final String PROPERTY = "vertx.disableURIValidation";

    private UriCheck() {}

    /** Read when the HTTP server is made: called before Quarkus starts. */
    public static void leaveToTheGate() {
        System.setProperty(PROPERTY, "true");
    }
}
