/** Attempts as child processes of this machine: a few at once, in warm JVMs that serve one run each. */
package io.tunesmith.dispatch.local;
