package io.tunesmith.postgres;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tunesmith.app.ServiceTestProfile;
import io.tunesmith.dispatch.agent.AgentStore;
import io.tunesmith.dispatch.agent.AgentStoreContract;

/** The contract of every memory of agents, on a real PostgreSQL. */
@QuarkusTest
@TestProfile(ServiceTestProfile.class)
class PostgresAgentsContractTest extends AgentStoreContract {
    private final AgentStore store;

    PostgresAgentsContractTest(AgentStore store) {
        this.store = store;
    }

    @Override
    protected AgentStore store() {
        return store;
    }
}
