/** What is wanted: a request in plain words, read against the profile into a {@link io.tunesmith.task.TaskSpec}. Pure. */
package io.tunesmith.task;
