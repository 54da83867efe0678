package io.tunesmith.architecture.planted.task;

/** Planted: names that say nothing. */
final class Names {
    static final class TextUtil {}

    static final class TextHelper {}

    static final class TextManager {}

    static final class TextImpl {}
}
