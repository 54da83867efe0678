/** Words that every room speaks: ids, units, metrics, failures, seeded randomness. Pure; sees only the JDK. */
package io.tunesmith.core;
