/** What is claimed, measured: {@code tunesmith bench}. Drives the product by its command line, as a user does; nothing depends on it. */
package io.tunesmith.bench;
