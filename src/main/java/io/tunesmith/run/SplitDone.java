package io.tunesmith.run;

/**
 * What the split left: the train part's path relative to the run's attempts, and the rows of each part.
 *
 * @param rule name of the split rule, under which openings of the sealed part are counted
 */
public record SplitDone(String train, String rule, long trainRows, long testRows, long droppedRows) {}
