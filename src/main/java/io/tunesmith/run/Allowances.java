package io.tunesmith.run;

/** What each owner may ask for. Thread-safe; answers at once. */
public interface Allowances {
    Allowance of(String owner);
}
