package io.tunesmith.contract;

import io.tunesmith.core.Metric;
import java.util.List;
import java.util.Optional;

/**
 * Options of {@link Operation#TRAIN} for tabular recipes. Every fold's model grows in step; after each of a fixed series of rounds the mean
 * validation score over the folds is reported as metric {@code metric}, and the answer may say stop.
 *
 * @param metric what is optimised; also the early stopping criterion
 * @param features the columns that the model reads, in order
 * @param foldSeed deals the validation folds anew, as many as the data name, each class spread evenly; absent: the folds of the data
 */
public record TrainOptions(TaskKind kind, String target, Metric metric, List<Feature> features, Optional<Long> foldSeed) {
    public TrainOptions {
        features = List.copyOf(features);
        foldSeed = foldSeed == null ? Optional.empty() : foldSeed;
    }

    /** On the folds of the data. */
    public TrainOptions(TaskKind kind, String target, Metric metric, List<Feature> features) {
        this(kind, target, metric, features, Optional.empty());
    }
}
