package io.tunesmith.dispatch.agent;

final class InMemoryAgentsTest extends AgentStoreContract {
    @Override
    protected AgentStore store() {
        return new InMemoryAgents();
    }
}
