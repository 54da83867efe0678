package io.tunesmith.contract;

/**
 * Options of {@link Operation#SPLIT}. Which part a row goes to depends only on {@code key}, the row's number and, when stratified, its class:
 * the same data and rule give the same split in every run, whatever the seed.
 *
 * @param format csv or parquet
 * @param target rows without a target value go to no part
 * @param stratified whether each class is split in the same shares
 * @param testShare share of the rows that is sealed, in (0, 0.5]
 * @param folds validation folds in the train part, at least 1; 1 means one held-out fifth (fold 0) and the rest never validated (fold −1)
 * @param key the data's sha256 and the rule's name
 */
public record SplitOptions(String format, String target, boolean stratified, double testShare, int folds, String key) {}
