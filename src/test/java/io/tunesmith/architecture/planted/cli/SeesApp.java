package io.tunesmith.architecture.planted.cli;

import io.tunesmith.architecture.planted.app.Start;

/** Planted: a door that sees the app. */
record SeesApp(Start start) {}
