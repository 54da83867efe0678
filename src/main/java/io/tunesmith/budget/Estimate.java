package io.tunesmith.budget;

/** A range told before the start: wall-clock seconds and money, lower and upper. */
public record Estimate(double secondsLow, double secondsHigh, double moneyLowUsd, double moneyHighUsd, String why) {}
