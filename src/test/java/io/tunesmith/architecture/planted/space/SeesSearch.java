package io.tunesmith.architecture.planted.space;

import io.tunesmith.architecture.planted.search.Looks;

/** Planted: the space knows who searches it, and closes a cycle. */
record SeesSearch(Looks looks) {}
