package io.tunesmith.run;

import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;

/**
 * Who calls, behind every door.
 *
 * @param owner whose objects the caller makes and sees: a key's owner, or a person of the identity provider; empty is the operator of this machine
 */
public record Caller(String owner, Scope scope) {
    /** The service itself, and whoever calls a service that asks for no key. */
    public static final Caller OPERATOR = new Caller("", Scope.ADMIN);

    /** Whether an object of this owner exists for the caller: another's is as absent as one that was never made. */
    public boolean sees(String other) {
        return scope == Scope.ADMIN || scope != Scope.AGENT && owner.equals(other);
    }

    /** Refuses what only a wider scope may do. */
    public void needs(Scope wanted) {
        if (scope == Scope.AGENT || scope.compareTo(wanted) < 0) {
            throw Failure.BadRequest.of(FailureCode.FORBIDDEN, "Authorization", "this key may not do that: its scope is " + scope.wire())
                    .allowed(wanted.wire() + (wanted == Scope.ADMIN ? "" : " or wider")).hint("make one: tunesmith key create --scope " + wanted.wire()).asException();
        }
    }
}
