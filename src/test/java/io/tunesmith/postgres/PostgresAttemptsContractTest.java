package io.tunesmith.postgres;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.dispatch.AttemptStore;
import io.tunesmith.dispatch.AttemptStoreContract;

/** The contract of every memory of attempts, on a real PostgreSQL. */
@QuarkusTest
@TestProfile(ServiceTestProfile.class)
class PostgresAttemptsContractTest extends AttemptStoreContract {
    private final AttemptStore store;

    PostgresAttemptsContractTest(AttemptStore store) {
        this.store = store;
    }

    @Override
    protected AttemptStore store() {
        return store;
    }
}
