package io.tunesmith.dispatch;

import java.util.Optional;

/** On which backends a piece of work may run. */
public sealed interface Where {
    Where ANYWHERE = new Anywhere();
    Where HOME = new Home();

    /** On any, but for one of the service's own that lends no slots. */
    record Anywhere() implements Where {}

    /** Only where the service's own folders are: it sees all of the data, or the sealed rows. */
    record Home() implements Where {}

    /** On this one, whatever it is. */
    record Only(String backend) implements Where {}

    /** Why a backend may not be asked; empty if it may. */
    default Optional<String> objection(Capabilities backend) {
        return switch (this) {
            case Anywhere() -> backend.sharedFolder() && backend.slots() == 0 ? Optional.of(backend.name() + " trains nothing (--slots 0)") : Optional.empty();
            case Home() -> backend.sharedFolder() ? Optional.empty() : Optional.of(backend.name() + " is not given what sees all of the data");
            case Only(String name) -> backend.name().equals(name) ? Optional.empty() : Optional.of("not for " + backend.name());
        };
    }
}
