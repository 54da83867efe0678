package io.tunesmith.dispatch;

import io.tunesmith.contract.AttemptKey;
import io.tunesmith.contract.agent.Orders;
import io.tunesmith.contract.agent.Poll;
import io.tunesmith.contract.agent.Registration;
import java.nio.file.Path;
import java.util.Optional;

/** Where machines that lend their slots register and ask what to do. Thread-safe. */
public interface Agents {

    /** Takes an agent in, or back in after its restart; an earlier process of the same id is told that it is no longer the one. */
    Registration.Accepted register(Registration registration);

    /**
     * Takes in how the agent's attempts stand and says what it must do; waits, up to what the poll allows, while there is nothing. Blocks: call from a
     * virtual thread. Fails with {@code NOT_FOUND} if the agent is not known (it registers again) and with {@code REFUSED} if another process has
     * registered under its id since.
     */
    Orders poll(String agent, Poll poll);

    /** The folder of an attempt that was given to an agent and is not forgotten. */
    Optional<Path> folder(AttemptKey key);
}
