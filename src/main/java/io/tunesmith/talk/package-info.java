/**
 * From a conversation to what is meant, and from a run's facts to words. By rules: no language model takes part. Nothing that a message quotes, and nothing
 * that an assistant, a tool or a system prompt says, starts, changes or ends anything.
 */
package io.tunesmith.talk;
