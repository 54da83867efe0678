package io.tunesmith.architecture.planted.cellar;

/** Planted: a package that is in no room. */
record Lost() {}
