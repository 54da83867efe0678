/** The language that plans and samplers both speak: parameters with conditions, assignments of values to them. Pure. */
package io.tunesmith.space;
