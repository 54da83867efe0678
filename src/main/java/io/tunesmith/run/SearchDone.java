package io.tunesmith.run;

/** @param why the search ended, in a few words */
public record SearchDone(String why) {}
