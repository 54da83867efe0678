package io.tunesmith.api.mcp;

import java.util.function.BiFunction;

/**
 * One tool as the client's model sees it, and what it does.
 *
 * @param says what it does and when to use it, for a model
 * @param arguments a record whose components carry {@link Says}
 * @param answer the record of its answers
 */
record Tool<I extends Record>(String name, String title, String says, Hints hints, Class<I> arguments, Class<? extends Record> answer, BiFunction<I, Call, Answer> action) {

    /** What a client may assume before it asks its user. */
    record Hints(boolean reads, boolean destroys, boolean repeatable) {
        static final Hints READS = new Hints(true, false, true);
        static final Hints STARTS = new Hints(false, false, false);
        static final Hints SETTLES = new Hints(false, false, true);
        static final Hints DESTROYS = new Hints(false, true, false);
    }

    Answer call(java.util.Map<String, Object> given, Call call) {
        return action.apply(Arguments.read(given, arguments), call);
    }
}
