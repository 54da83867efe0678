package io.tunesmith.dispatch;

import java.util.Optional;

/**
 * Which of the services on one database works: one leads, the others answer questions and wait. Everything that the leader writes is conditional on its
 * term, so a leader that was stopped past its lease and comes back changes nothing. Thread-safe.
 */
public interface Leadership {

    /** Whether this service leads, as far as it knows. */
    boolean leads();

    /** Where the leading service answers; empty if nobody leads. */
    Optional<String> leader();

    /** What to do once when this service begins to lead: done soon if it leads already. Actions are done one after the other, in the order in which they were given. */
    void onLead(Runnable action);

    /** What to do once when this service finds that another one leads in its place. It does not lead again. */
    void onLost(Runnable action);

    /** For one service alone on its database. */
    static Leadership alone(String url) {
        return new Leadership() {
            @Override
            public boolean leads() {
                return true;
            }

            @Override
            public Optional<String> leader() {
                return Optional.of(url);
            }

            @Override
            public void onLead(Runnable action) {
                action.run();
            }

            @Override
            public void onLost(Runnable action) {
                // Nobody is there who could take over.
            }
        };
    }
}
