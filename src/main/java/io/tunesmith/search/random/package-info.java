/** Samplers that learn nothing: uniform draws and scrambled Sobol points, and how repeats are avoided in small spaces. Pure. */
package io.tunesmith.search.random;
