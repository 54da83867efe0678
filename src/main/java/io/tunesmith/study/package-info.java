/** A study: its trials, their states and legal moves, and the pure decisions of what happens next. Pure. */
package io.tunesmith.study;
