package io.tunesmith.dispatch;

final class InMemoryAttemptsTest extends AttemptStoreContract {
    @Override
    protected AttemptStore store() {
        return new InMemoryAttempts();
    }
}
