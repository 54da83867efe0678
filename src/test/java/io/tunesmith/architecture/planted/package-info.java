/** Violations, planted on purpose: each rule of {@link io.tunesmith.architecture.Rules} must find its own. Never used otherwise. */
package io.tunesmith.architecture.planted;
