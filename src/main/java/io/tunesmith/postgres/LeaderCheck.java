package io.tunesmith.postgres;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.persistence.EntityManager;
import java.util.OptionalLong;

/** Checks the term inside the transaction of a {@link LeaderOnly} method and holds it until the commit. */
@LeaderOnly
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class LeaderCheck {
    private static final String HOLD = "select 1 from leader where term = :mine for key share";
    private final PostgresLeader leader;
    private final EntityManager entities;

    public LeaderCheck(PostgresLeader leader, EntityManager entities) {
        this.leader = leader;
        this.entities = entities;
    }

    @AroundInvoke
    Object checked(InvocationContext call) throws Exception {
        OptionalLong mine = leader.term();
        if (mine.isEmpty()) {
            throw leader.notLeading().asException();
        }
        if (entities.createNativeQuery(HOLD, Integer.class).setParameter("mine", mine.getAsLong()).getResultList().isEmpty()) {
            leader.lose(mine.getAsLong());
            throw leader.notLeading().asException();
        }
        return call.proceed();
    }
}
