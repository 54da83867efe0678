package io.tunesmith.judge;

import io.tunesmith.core.Direction;
import io.tunesmith.core.Metric;

/**
 * Why the winner may be believed: the choice on fresh seeds, then one sealed test of the final model beside the default's.
 *
 * @param finalTest score of the shipped model on the sealed part, with a 95 % bootstrap interval
 * @param defaultTest the same for the model of the default configuration
 * @param testRows rows in the sealed part
 */
public record Receipt(String run, Metric metric, Direction direction, Choice choice, Opening opening, TestScore finalTest, TestScore defaultTest, long testRows) {

    public record TestScore(double score, double low, double high) {}
}
