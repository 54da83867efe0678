/** Puts the service together: configuration, producers, start and end. Sees every room; no room sees it. */
package io.tunesmith.app;
