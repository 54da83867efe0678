/** Samplers made of samplers, and samplers and pruners by their names on the wire. Pure. */
package io.tunesmith.search.blend;
