package io.tunesmith.api.openai;

import io.tunesmith.core.FailureException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Does something that may take long (data are fetched) on a virtual thread of its own, while the line to the client is kept open. */
final class Busy {
    private static final long QUIET_SECONDS = 15;

    private Busy() {}

    /** What the work throws is thrown here. A client that goes away meanwhile does not end the work. */
    static <T> T whileAlive(Sse line, Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread.ofVirtual().name("chat").start(task);
        while (true) {
            try {
                return task.get(QUIET_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                line.keepAlive();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof FailureException failure ? failure : new IllegalStateException(e.getCause());
            }
        }
    }
}
