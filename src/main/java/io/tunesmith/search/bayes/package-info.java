/** Samplers with a model of what past trials say: the tree-structured Parzen estimator. Pure. */
package io.tunesmith.search.bayes;
