package io.tunesmith.architecture.planted.run;

import io.tunesmith.architecture.planted.postgres.Table;

/** Planted: the workflow knows the technology behind its port. */
record SeesAnAdapter(Table table) {}
