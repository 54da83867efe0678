package io.tunesmith.architecture.planted.model;

import jakarta.ws.rs.core.Response;

/** Planted: a model that knows HTTP. */
final class Served {
    int status(Response response) {
        return response.getStatus();
    }
}
