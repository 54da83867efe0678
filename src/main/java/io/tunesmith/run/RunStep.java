package io.tunesmith.run;

import java.util.Locale;

/** The steps of a run in their order. A step whose output is kept is done and is not done again. */
public enum RunStep {
    PROFILE,
    READ,
    PLAN,
    SPLIT,
    SEARCH,
    CHOOSE,
    REFIT,
    TEST,
    REPORT;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
