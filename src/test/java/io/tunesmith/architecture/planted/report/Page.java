package io.tunesmith.architecture.planted.report;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Planted: Jackson outside the JSON writers. */
final class Page {
    Object mapper() {
        return new ObjectMapper();
    }
}
