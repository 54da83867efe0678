package io.tunesmith.architecture.planted.api.rest;

/** Planted: a class of the service, no record on the wire. */
public final class Resource {
    public String answer() {
        return "";
    }
}
