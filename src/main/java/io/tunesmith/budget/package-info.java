/** What it may cost: one budget, one meter, estimates before the start. Pure. */
package io.tunesmith.budget;
