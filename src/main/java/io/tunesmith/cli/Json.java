package io.tunesmith.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;

/** The command line's JSON. */
final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}
}
