package io.tunesmith.postgres;

import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.tunesmith.core.Failure;
import io.tunesmith.core.FailureCode;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jboss.logging.Logger;

/**
 * Makes calls of {@link Outlasting} stores again, outside of their transactions, with growing waits: for a request about two seconds, then it is told to
 * come back; for work in the background ten minutes, since it has nothing better to do.
 */
@Outlasting
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
public class OutageRetry {
    private static final Logger LOG = Logger.getLogger(OutageRetry.class);
    private static final Duration FIRST_WAIT = Duration.ofMillis(50);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration REQUEST = Duration.ofSeconds(2);
    private static final Duration BACKGROUND = Duration.ofMinutes(10);
    private static final ScopedValue<Boolean> AGAIN = ScopedValue.newInstance();

    @AroundInvoke
    Object outlast(InvocationContext call) throws Exception {
        return outlast(call::proceed);
    }

    /** The same for a call that is no bean's. */
    static <T> T outlast(Callable<T> call) throws Exception {
        if (QuarkusTransaction.isActive()) {
            return call.call();
        }
        try {
            return call.call();
        } catch (Exception e) {
            return again(call, e);
        }
    }

    /** The same for a call that throws nothing checked. */
    static void outlast(Runnable call) {
        try {
            outlast(() -> {
                call.run();
                return true;
            });
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the call is made again: then what it finds done may be its own work, whose commit was not answered. */
    static boolean again() {
        return AGAIN.isBound();
    }

    private static <T> T again(Callable<T> call, Exception first) throws Exception {
        boolean request = Arc.container().requestContext().isActive();
        long begin = System.nanoTime();
        Duration wait = FIRST_WAIT;
        Exception thrown = first;
        while (true) {
            Optional<Outage> outage = Outage.of(thrown);
            if (outage.isEmpty()) {
                throw thrown;
            }
            rest(outage.get(), thrown, wait, request, Duration.ofNanos(System.nanoTime() - begin));
            try {
                return ScopedValue.where(AGAIN, true).call(call::call);
            } catch (Exception e) {
                thrown = e;
                wait = wait.compareTo(LONGEST_WAIT.dividedBy(2)) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
            }
        }
    }

    private static void rest(Outage outage, Exception e, Duration wait, boolean request, Duration waited) {
        boolean hopeless = request && outage == Outage.FULL;
        if (hopeless || waited.plus(wait).compareTo(request ? REQUEST : BACKGROUND) > 0) {
            throw failure(outage).asException();
        }
        if (wait.equals(FIRST_WAIT) || wait.equals(LONGEST_WAIT)) {
            LOG.warnf("the database %s (%s); trying again", outage == Outage.FULL ? "has no space left" : "does not answer", root(e));
        }
        try {
            Thread.sleep(wait);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw failure(outage).asException();
        }
    }

    private static Failure failure(Outage outage) {
        return switch (outage) {
            case AWAY -> new Failure.Transient(FailureCode.STORE_UNAVAILABLE, "the database does not answer; nothing is lost, ask again soon", Duration.ofSeconds(2));
            case FULL -> new Failure.Transient(FailureCode.ENVIRONMENT, "the database's disk is full: what is stored can be read, and nothing can be added until there is space", Duration.ofSeconds(30));
        };
    }

    private static String root(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
