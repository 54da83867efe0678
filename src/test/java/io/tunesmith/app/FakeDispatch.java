package io.tunesmith.app;

import io.tunesmith.dispatch.AttemptStore;
import io.tunesmith.dispatch.Backends;
import io.tunesmith.dispatch.Dispatcher;
import io.tunesmith.dispatch.Room;
import io.tunesmith.dispatch.StillBackend;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The real dispatcher on the real store, with an engine that starts nothing. */
@Alternative
@Singleton
final class FakeDispatch {
    @Produces
    @Singleton
    Dispatcher dispatcher(AttemptStore store, Clock clock) {
        return new Dispatcher(store, Backends.of(new StillBackend("idle", new Room.Free(), clock)), clock, () -> new byte[32], Runnable::run);
    }
}
