/** How: from a task and a profile to a pipeline with a search space, by the catalogue of recipes. Pure. */
package io.tunesmith.plan;
