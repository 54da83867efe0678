package io.tunesmith.api.rest;

import java.time.Duration;
import java.util.Optional;

/** People of an identity provider, who bring its tokens instead of a key. Thread-safe. */
public interface People {

    /** The provider's issuer; empty where only keys open. */
    Optional<String> issuer();

    /** Who brings this token. May take as long as asking the provider for its keys: never on the event loop. */
    Answer ask(String token);

    /** What a token is worth. */
    sealed interface Answer {
        /** It opens. */
        record Known(ApiKeys.Opened opened) implements Answer {}

        /** It opens nothing. @param why for whoever sent it; no part of the token */
        record Refused(String why) implements Answer {}

        /** The provider cannot be asked now. */
        record Later(Duration after) implements Answer {}
    }
}
