package io.tunesmith.run;

/** Counts nothing, refuses nothing. */
public final class NoLimits implements Usage {

    @Override
    public void take(Caller caller, Kind kind, long amount) {}

    @Override
    public void add(Caller caller, Kind kind, long amount) {}

    @Override
    public long left(Caller caller, Kind kind) {
        return Long.MAX_VALUE;
    }
}
