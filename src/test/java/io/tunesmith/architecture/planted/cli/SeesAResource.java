package io.tunesmith.architecture.planted.cli;

import io.tunesmith.architecture.planted.api.rest.Resource;

/** Planted: the command line calls the service's code instead of its wire. */
final class SeesAResource {
    String answer(Resource resource) {
        return resource.answer();
    }
}
