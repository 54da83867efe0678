/** What is claimed, measured: {@code tunesmith bench}. Drives the product's programs from outside; only {@code app} sees it, for the no-op objective. */
package io.tunesmith.bench;
