/** A copy of everything that the service keeps, made while it works, and a new data folder made from it. */
package io.tunesmith.app.backup;
