/** Attempts on machines that came by themselves: agents register, ask for work, and report; the service never calls them. */
package io.tunesmith.dispatch.agent;
