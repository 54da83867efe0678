package io.tunesmith.architecture.planted.app;

/** Planted: nobody may see this. */
public final class Start {}
