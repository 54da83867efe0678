package io.tunesmith.api.rest;

/** Which keys open the API. Answers at once (it is asked on the event loop); thread-safe. */
public interface ApiKeys {

    /** Whether any key is asked for at all; false only where the operator said so. */
    boolean required();

    /** Whether this is one of the keys. */
    boolean accepts(String key);
}
