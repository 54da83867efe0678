/** The doors: each parses, calls a use case and maps a Failure to its own error form. */
package io.tunesmith.api;
