/** Applies a model folder to new rows. Loads native libraries: child processes only. */
package io.tunesmith.model.predict;
