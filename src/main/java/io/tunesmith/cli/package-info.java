/**
 * The command line: an HTTP client of the service, and the few commands that are local. A plain program, so that it starts fast. Data go to standard
 * output, progress and errors to standard error; with {@code --json} standard output carries one object and nothing else.
 */
package io.tunesmith.cli;
