package io.tunesmith.dispatch;

import io.tunesmith.bench.simulation.InMemoryAttempts;

final class InMemoryAttemptsTest extends AttemptStoreContract {
    @Override
    protected AttemptStore store() {
        return new InMemoryAttempts();
    }
}
