package io.tunesmith.api;

import io.smallrye.common.vertx.ContextLocals;
import io.tunesmith.run.Caller;
import io.tunesmith.run.DatasetService;
import io.tunesmith.run.Datasets;
import io.tunesmith.run.RunService;
import io.tunesmith.run.Runs;
import jakarta.inject.Singleton;
import java.util.function.BooleanSupplier;

/** What the caller of the current request may do: every door gets its runs and data here, and so none can forget whose they are. */
@Singleton
public final class Access {
    private static final String CALLER = "tunesmith.caller";
    private static final String STANDS = "tunesmith.stands";
    private final RunService runs;
    private final DatasetService datasets;

    public Access(RunService runs, DatasetService datasets) {
        this.runs = runs;
        this.datasets = datasets;
    }

    /**
     * Notes who makes this request; called once, by the gate, on the request's own context.
     *
     * @param stands whether what opened is open still; answers at once
     */
    public static void enter(Caller caller, BooleanSupplier stands) {
        ContextLocals.put(CALLER, caller);
        ContextLocals.put(STANDS, stands);
    }

    /** For work on another thread than the request's own, which stands for the caller of that request. */
    public static void enter(Caller caller) {
        ContextLocals.put(CALLER, caller);
    }

    /** Asked again and again by an answer that goes on for long: whether the key that opened it is still good. May be asked on any thread. */
    public BooleanSupplier stands() {
        return ContextLocals.<BooleanSupplier>get(STANDS).orElse(() -> true);
    }

    public Caller caller() {
        return ContextLocals.<Caller>get(CALLER).orElseThrow(() -> new IllegalStateException("nobody calls"));
    }

    public Runs runs() {
        return runs.as(caller());
    }

    public Datasets datasets() {
        return datasets.as(caller());
    }

    /** For work that outlives the request it came with, or came with none: what this caller may do. */
    public Runs runs(Caller caller) {
        return runs.as(caller);
    }

    public Datasets datasets(Caller caller) {
        return datasets.as(caller);
    }
}
