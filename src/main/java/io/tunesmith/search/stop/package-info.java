/** Pruners: which running trials are not worth going on with. Pure. */
package io.tunesmith.search.stop;
